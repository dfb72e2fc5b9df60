package io.github.bpf4j.bench;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.OwnedBpfMap;
import io.github.bpf4j.Xdp;
import io.github.bpf4j.map.Counters;
import io.github.bpf4j.net.NetworkDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that counts packets on the device, whoever wrote it, and its counters. */
final class Counting implements AutoCloseable {
  private static final int GLANCE_MILLIS = 5;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Process process;
  private final Path log;
  private final OwnedBpfMap map;
  private final Counters counters;

  private Counting(Process process, Path log, OwnedBpfMap map) {
    this.process = process;
    this.log = log;
    this.map = map;
    this.counters = map.counters();
  }

  /** Starts it in the calling thread's namespace; attached when this returns. */
  static Counting start(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("bpf4j-bench-", ".log");
    Process process = Commands.start(command, log);
    NetworkDevice device = NetworkDevice.of(Commands.DEVICE);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (Xdp.query(device).isEmpty()) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
      }
      Thread.sleep(GLANCE_MILLIS);
    }
    // The map of counters comes first: the owner's mark was bound to the program later.
    int id = Xdp.query(device).getFirst().program().info().orElseThrow().mapIds().getFirst();
    return new Counting(process, log, BpfMap.openById(id));
  }

  /** Packets until now, of one protocol. */
  long packets(int protocol) {
    long[] sums = new long[counters.size()];
    counters.read(sums);
    return sums[protocol];
  }

  long pid() {
    return process.pid();
  }

  /** Ends it as a user does, by SIGTERM. */
  @Override
  public void close() throws IOException {
    map.close();
    process.destroy();
    process.onExit().join();
    Files.delete(log);
  }
}
