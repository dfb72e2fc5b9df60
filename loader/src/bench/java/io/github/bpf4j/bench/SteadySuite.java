package io.github.bpf4j.bench;

import io.github.bpf4j.testing.TestNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What xdp1 costs while it runs, a report a second. */
final class SteadySuite implements Suite {
  private static final int TICKS_PER_SECOND = 100; // USER_HZ, of all architectures that matter here
  private static final int WARM_SECONDS = 20;

  private final int seconds = Integer.getInteger("bpf4j.seconds", 600);
  private final TestNetwork network;

  SteadySuite() throws Exception {
    network = new TestNetwork();
  }

  @Override
  public String name() {
    return "steady";
  }

  @Override
  public String title() {
    return "Steady state: a report a second";
  }

  @Override
  public String about() {
    return """
    xdp1 -i 1 for %d seconds each, after %d seconds of warm-up: CPU time out of /proc/PID/stat, and by
    how much the resident set grew meanwhile.
    """
        .formatted(seconds, WARM_SECONDS);
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public List<Contest> contests() {
    return List.of(
        new Contest(
            "xdp1 -i 1",
            "",
            List.of(
                new Contestant("bpf4j as shipped", () -> measure(Commands.shipped("-i", "1"))),
                new Contestant("C, libbpf", () -> measure(Commands.twin("-N", "-b", "-i", "1"))))));
  }

  private Map<Quantity, Double> measure(List<String> command) throws Exception {
    return network.call(
        () -> {
          try (Counting counting = Counting.start(command)) {
            Thread.sleep(WARM_SECONDS * 1000L);
            long ticks = ticks(counting.pid());
            double memory = resident(counting.pid());
            long start = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            double elapsed = (System.nanoTime() - start) / 1e9;
            double used = (double) (ticks(counting.pid()) - ticks) / TICKS_PER_SECOND;
            double after = resident(counting.pid());
            return Map.of(
                Quantity.CORE,
                100 * used / elapsed,
                Quantity.MEMORY,
                after,
                Quantity.GROWTH,
                after - memory);
          }
        });
  }

  private static long ticks(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(behindName[11]) + Long.parseLong(behindName[12]);
  }

  private static double resident(long pid) throws Exception {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        found.add(line.replaceAll("\\D", ""));
      }
    }
    return Long.parseLong(found.getFirst()) / 1024.;
  }

  @Override
  public void close() {
    network.close();
  }
}
