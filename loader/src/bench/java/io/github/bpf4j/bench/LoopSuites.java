package io.github.bpf4j.bench;

import java.util.List;

/** The suites of what runs in loops. */
final class LoopSuites {
  private static final int ROUNDS = Integer.getInteger("bpf4j.rounds", 5);

  private LoopSuites() {}

  static Suite poll() {
    return new JmhSuite(
        "poll",
        "Poll: the 256 per-CPU counters of xdp1",
        """
        The C programs read the same map: by the batch call that bpf4j makes, too, and by a call for each
        key, as the kernel's sample did. One system call a poll: that is what the batch is.
        """,
        ROUNDS,
        List.of(
            List.of(
                "A poll",
                "µs",
                "bpf4j: PollBenchmark.poll",
                "C, one batch call: PollBenchmark.pollInC",
                "C, a call for each key: PollBenchmark.pollByKeyInC",
                "C, two calls for each key: PollBenchmark.pollByNextKeyInC")));
  }

  static Suite map() {
    return new JmhSuite(
        "map",
        "Maps and variables",
        """
        A hash of 1024 entries, one entry at a time; a hash of a million entries, read whole, each key and
        value looked at; a global variable, read where it is mapped.
        """,
        ROUNDS,
        List.of(
            List.of(
                "Lookup",
                "ns",
                "bpf4j, raw: MapBenchmark.lookupRaw",
                "C: MapBenchmark.lookupInC",
                "bpf4j, long: MapBenchmark.lookupLong",
                "bpf4j, typed: MapBenchmark.lookupTyped"),
            List.of(
                "Update", "ns", "bpf4j, raw: MapBenchmark.updateRaw", "C: MapBenchmark.updateInC"),
            List.of(
                "Dump of a million entries",
                "ms",
                "bpf4j: MapBenchmark.Dump.dumpRaw",
                "C: MapBenchmark.Dump.dumpInC"),
            List.of(
                "Read of a variable, in a loop",
                "ns",
                "bpf4j: VariableBenchmark.loop",
                "C: VariableBenchmark.loopInC")));
  }

  static Suite ring() {
    return new JmhSuite(
        "ring",
        "Ring buffer: records of 64 bytes",
        """
        A ring of 4 MiB that is full, emptied; the time for each record. C is libbpf's own
        ring_buffer__consume with callbacks in C.
        """,
        ROUNDS,
        List.of(
            List.of(
                "Take",
                "ns",
                "bpf4j: event.RingBenchmark.drain",
                "C: event.RingBenchmark.drainInC"),
            List.of(
                "Take, and read the members of a known type",
                "ns",
                "bpf4j: event.RingBenchmark.readMembers",
                "C: event.RingBenchmark.readMembersInC"),
            List.of(
                "Take, and read words of any number",
                "ns",
                "bpf4j: event.RingBenchmark.readWords",
                "C: event.RingBenchmark.readWordsInC")));
  }
}
