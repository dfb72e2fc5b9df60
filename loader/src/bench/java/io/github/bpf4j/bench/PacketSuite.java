package io.github.bpf4j.bench;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.RunInput;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a packet is slower when Java has loaded the program: the kernel runs it, so no. */
final class PacketSuite implements Suite {
  private static final int BURSTS = 20;
  private static final int FRAMES = 100_000;
  private static final int UDP = 17;

  private final TestNetwork network = new TestNetwork();
  private final BpfObject object = TestObjects.load("live_frames");
  private final BpfProgram sender = object.program("send");

  PacketSuite() throws Exception {
    // Without it a veth takes no XDP frames while nothing native is attached to it.
    network.run(() -> io.github.bpf4j.testing.Commands.run("ethtool", "-K", "left", "gro", "on"));
  }

  @Override
  public String name() {
    return "packets";
  }

  @Override
  public String title() {
    return "Packets: xdp1 at work";
  }

  @Override
  public String about() {
    return """
    %d bursts of %,d frames of 64 bytes (UDP), sent on one end of a veth pair by a program of ours under
    BPF_PROG_TEST_RUN with live frames, counted by xdp1 on the other end. The same object, loaded by
    Java or by C. The rate is that of the fastest burst, which was disturbed least; what is counted is
    held against what was sent in all.
    """
        .formatted(BURSTS, FRAMES);
  }

  @Override
  public int rounds() {
    return Integer.getInteger("bpf4j.rounds", 9);
  }

  @Override
  public List<Contest> contests() {
    List<Contest> contests = new ArrayList<>();
    for (String[] mode : new String[][] {{"native", "-N"}, {"skb", "-S"}}) {
      contests.add(
          new Contest(
              "xdp1, " + mode[0] + " mode",
              "",
              List.of(
                  new Contestant(
                      "loaded by bpf4j", () -> measure(Commands.shipped(mode[1], "-i", "1"))),
                  new Contestant(
                      "loaded by C", () -> measure(Commands.twin(mode[1], "-b", "-i", "1"))))));
    }
    return contests;
  }

  private Map<Quantity, Double> measure(List<String> command) throws Exception {
    return network.call(
        () -> {
          try (Counting counting = Counting.start(command)) {
            long before = counting.packets(UDP);
            double seconds = Double.MAX_VALUE;
            for (int i = 0; i < BURSTS; i++) {
              seconds = Math.min(seconds, send(counting));
            }
            long counted = counting.packets(UDP) - before;
            return Map.of(
                Quantity.PACKETS, FRAMES / seconds / 1e6,
                Quantity.COUNTED, 100. * counted / BURSTS / FRAMES);
          }
        });
  }

  /** Seconds until all of them have come, or come no more. */
  private double send(Counting counting) throws Exception {
    RunInput input =
        RunInput.packet(Frames.ipv4(UDP)).on(NetworkDevice.of("right")).liveFrames().repeat(FRAMES);
    long start = System.nanoTime();
    sender.run(input);
    long end = System.nanoTime();
    long seen = counting.packets(UDP);
    for (long last = -1; seen != last; ) {
      last = seen;
      Thread.sleep(2);
      seen = counting.packets(UDP);
      if (seen != last) {
        end = System.nanoTime();
      }
    }
    return (end - start) / 1e9;
  }

  @Override
  public void close() {
    object.close();
    network.close();
  }
}
