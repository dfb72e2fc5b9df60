package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.demo.KnownFrames;
import io.github.bpf4j.samples.report.Json;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our output beside that of the same program in C, on the same wire. */
@KernelTest
final class TwinTest {
  private static final Path TWIN = Path.of("../native/target/twins/xdp1_user");

  private static final Pattern PACKETS = Pattern.compile("proto (\\d+): {1,10}(\\d+) packets");
  private static final int INTERVAL_SECONDS = 2;
  private static final int INTERVALS = 3;

  private static final int FRAMES = 4;
  private static final int ATTEMPTS = 5;

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  private static CommandLineProcess startOurs(String mode, int reports) throws Exception {
    CommandLineProcess ours =
        Bpf4j.command("xdp1", mode, "-i", "1", "-c", "" + reports, Hook.DEVICE).start();
    ours.until("attached", Hook::isTaken);
    // The clock of the first interval starts when attaching is done.
    Thread.sleep(200);
    return ours;
  }

  private static Process start(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = TWIN.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process twin = new ProcessBuilder(command).start();
    assertEquals("attached", twin.errorReader().readLine());
    return twin;
  }

  private static String await(Process twin) throws Exception {
    String printed = new String(twin.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, twin.waitFor());
    return printed;
  }

  /**
   * Tries until what ours and the twin print is what was sent. An interval is a second, unless the
   * machine is too busy to keep to it, by more than some 40 ms.
   */
  private void assertTheyPrintTheSame(Callable<Outputs> run) throws Exception {
    for (int attempt = 1; ; attempt++) {
      Outputs outputs = network.call(run);
      if (attempt == ATTEMPTS || outputs.areEqual()) {
        assertEquals(outputs.expected, outputs.twin, "the twin's");
        assertEquals(outputs.expected, outputs.ours, "ours");
        return;
      }
    }
  }

  private record Outputs(String expected, String ours, String twin) {
    boolean areEqual() {
      return ours.equals(expected) && twin.equals(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-N", "-S"})
  void oneAfterTheOtherTheyPrintTheSame(String mode) throws Exception {
    String object = TestObjects.file("xdp1_kern").toString();
    assertTheyPrintTheSame(
        () -> {
          String ours;
          Map<Integer, Long> sent;
          try (CommandLineProcess process = startOurs(mode, 1)) {
            sent = sendFrames();
            CommandLineProcess.Result result = process.await();
            result.summary();
            ours = result.out();
          }
          Process twin = start(mode, "-i", "1", "-c", "1", object, Hook.DEVICE);
          assertEquals(sent, sendFrames());
          return new Outputs(KnownFrames.asText(sent), ours, await(twin));
        });
  }

  /** The twin on the map of the run that has just attached; prints packets, not rates. */
  private static Process startBeside(String seconds) throws Exception {
    // The map of counters comes first: the owner's mark was bound to the program later.
    int map = Hook.only().program().info().orElseThrow().mapIds().getFirst();
    return start("-b", "-p", "-i", seconds, "-m", Integer.toString(map));
  }

  /** What the twin printed: packets by protocol, a map for each interval. */
  private static List<Map<Integer, Long>> intervals(String printed) {
    List<Map<Integer, Long>> intervals = new ArrayList<>();
    Map<Integer, Long> interval = new TreeMap<>();
    for (String line : printed.lines().toList()) {
      if (line.equals("---")) {
        intervals.add(interval);
        interval = new TreeMap<>();
      } else {
        Matcher packets = PACKETS.matcher(line);
        assertTrue(packets.matches(), line);
        interval.put(Integer.valueOf(packets.group(1)), Long.valueOf(packets.group(2)));
      }
    }
    return intervals;
  }

  private static Map<Integer, Long> sum(List<Map<Integer, Long>> intervals) {
    Map<Integer, Long> sum = new TreeMap<>();
    intervals.forEach(
        interval -> interval.forEach((protocol, more) -> sum.merge(protocol, more, Long::sum)));
    return sum;
  }

  /** Sends bursts of all kinds, each as large as it falls, until a moment; what was sent. */
  private static Map<Integer, Long> sendUntil(long deadline, Random random) throws Exception {
    List<Map<Integer, Long>> sent = new ArrayList<>();
    while (deadline - System.nanoTime() > 0) {
      sent.add(KnownFrames.sendRounds(NetworkDevice.of("left"), 1 + random.nextInt(3)));
      Thread.sleep(random.nextInt(10));
    }
    return sum(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-N", "-S"})
  void totalsAgreeToThePacketWhereverTheIntervalsFall(String mode) throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess ours =
              Bpf4j.command("xdp1", mode, "-i", "0.3", Hook.DEVICE).start()) {
            ours.until("attached", Hook::isTaken);
            Process twin = startBeside("0.4");
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            Map<Integer, Long> sent = sendUntil(end, new Random(12));
            // All of it is in a report before the end.
            Thread.sleep(1000);
            Commands.run("kill", Long.toString(twin.pid()));
            List<Map<Integer, Long>> reports = intervals(await(twin));
            ours.signal("TERM");
            String summary = ours.await().summary();
            assertTrue(summary.endsWith(KnownFrames.asSummary(sent)), summary + " of " + sent);
            assertEquals(sent, sum(reports));
            long busy = reports.stream().filter(report -> !report.isEmpty()).count();
            assertTrue(busy >= 5, "traffic in " + busy + " intervals only");
          }
          Hook.assertFree();
        });
  }

  /** In the middle of each interval there is traffic, and none where one may begin or end. */
  @Test
  void intervalsAgreeToThePacket() throws Exception {
    long interval = TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS);
    network.run(
        () -> {
          try (CommandLineProcess ours =
              Bpf4j.command(
                      "xdp1",
                      "-i",
                      "" + INTERVAL_SECONDS,
                      "-c",
                      "" + INTERVALS,
                      "--format",
                      "json",
                      Hook.DEVICE)
                  .start()) {
            ours.until("attached", Hook::isTaken);
            Process twin = startBeside("" + INTERVAL_SECONDS);
            long start = System.nanoTime();
            List<Map<Integer, Long>> sent = new ArrayList<>();
            Random random = new Random(7);
            for (int i = 0; i < INTERVALS; i++) {
              long begin = start + i * interval;
              Thread.sleep(
                  Math.max(
                      0,
                      TimeUnit.NANOSECONDS.toMillis(begin + interval * 2 / 5 - System.nanoTime())));
              sent.add(sendUntil(begin + interval * 3 / 5, random));
            }
            CommandLineProcess.Result result = ours.await();
            result.summary();
            List<Map<Integer, Long>> reported = new ArrayList<>();
            for (String line : result.out().lines().toList()) {
              Map<Integer, Long> report = new TreeMap<>();
              Json.protocols(Json.object(line))
                  .forEach(
                      (number, fields) -> {
                        long packets = Json.number(fields, "packets").longValue();
                        if (packets != 0) {
                          report.put(number, packets);
                        }
                      });
              reported.add(report);
            }
            Thread.sleep(TimeUnit.NANOSECONDS.toMillis(interval / 2));
            Commands.run("kill", Long.toString(twin.pid()));
            assertEquals(sent, reported, "ours");
            assertEquals(sent, intervals(await(twin)).subList(0, INTERVALS), "the twin's");
          }
          Hook.assertFree();
        });
  }

  private static Map<Integer, Long> sendFrames() {
    return KnownFrames.sendOfEachKind(NetworkDevice.of("left"), FRAMES);
  }
}
