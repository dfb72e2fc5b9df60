package io.github.bpf4j.bench;

import io.github.bpf4j.testing.TestNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** xdp1 from the first instruction to the last: what it costs to be Java. */
final class StartSuite implements Suite {
  private static final String[] ONE_REPORT = {"-i", "0.001", "-c", "1"};
  private static final Path GO = Path.of("../target/bench/xdp1-go");

  private final TestNetwork network;

  StartSuite() throws Exception {
    network = new TestNetwork();
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String title() {
    return "Start: open, load, attach, one report, detach";
  }

  @Override
  public String about() {
    return """
    Whole processes on a veth pair in a namespace of their own, native mode. The kernel's part is the
    same for all: attaching and detaching wait for it, some 20 ms. The rows below the C program take
    one measure away from what is shipped, or are other programs that do the same.
    """;
  }

  @Override
  public int rounds() {
    return Integer.getInteger("bpf4j.rounds", 15);
  }

  @Override
  public List<Contest> contests() {
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(contestant("bpf4j as shipped", Commands.shipped(ONE_REPORT)));
    contestants.add(contestant("C, libbpf", Commands.twin("-N", "-b", "-i", "0.001", "-c", "1")));
    contestants.add(
        contestant(
            "… without its start-up cache", Commands.shippedWith("-XX:AOTMode=off", ONE_REPORT)));
    contestants.add(
        contestant(
            "… compiling as soon as the JVM likes",
            Commands.shippedWith("-XX:CompileThresholdScaling=1", ONE_REPORT)));
    contestants.add(
        contestant("… with C2, too", Commands.shippedWith("-XX:TieredStopAtLevel=4", ONE_REPORT)));
    contestants.add(
        contestant("./bpf4j in the tree: jars on a JDK", Commands.fromTree(ONE_REPORT)));
    contestants.add(contestant("bpftool, four commands", Commands.bpftool()));
    if (Commands.isThere(GO)) {
      contestants.add(
          contestant(
              "Go, cilium/ebpf",
              List.of(GO.toString(), "../native/target/classes/bpf/xdp1_kern.o", Commands.DEVICE)));
    }
    return List.of(new Contest("Start of xdp1", "", contestants));
  }

  private Contestant contestant(String name, List<String> command) {
    return new Contestant(
        name,
        () -> {
          double[] figures = network.call(() -> Commands.timed(command));
          return Map.of(
              Quantity.WALL, figures[0], Quantity.CPU, figures[1], Quantity.MEMORY, figures[2]);
        });
  }

  @Override
  public void close() {
    network.close();
  }
}
