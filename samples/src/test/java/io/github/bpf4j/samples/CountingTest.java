package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.demo.KnownFrames;
import io.github.bpf4j.samples.report.Json;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real frames on a real wire: what xdp1 reports is what was sent. */
@KernelTest
final class CountingTest {
  private static final Pattern LINE = Pattern.compile("proto (\\d+): {1,10}(\\d+) pkt/s");

  private static final Pattern CALL = Pattern.compile("^\\d+ +(\\w+)\\(");

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  /** Runs xdp1 on one end of the wire and sends frames from the other, once it is attached. */
  private static CommandLineProcess.Result count(Map<Integer, Long> sent, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("xdp1", Hook.DEVICE));
    arguments.addAll(List.of(options));
    try (CommandLineProcess xdp1 = Bpf4j.command(arguments.toArray(String[]::new)).start()) {
      xdp1.until("attached", Hook::isTaken);
      NetworkDevice left = NetworkDevice.of("left");
      while (xdp1.printed().isEmpty()) {
        KnownFrames.sendRounds(left, 1)
            .forEach((protocol, more) -> sent.merge(protocol, more, Long::sum));
        Thread.sleep(20);
      }
      CommandLineProcess.Result result = xdp1.await();
      result.summary();
      Hook.assertFree();
      return result;
    }
  }

  private static Map<Integer, Long> field(Map<String, Object> report, String name) {
    Map<Integer, Long> values = new TreeMap<>();
    Json.protocols(report)
        .forEach((number, fields) -> values.put(number, Json.number(fields, name).longValue()));
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--native-mode",
        "--skb-mode",
        "--native-mode --link",
        "--skb-mode --link",
        "--native-mode --object=xdp1_drop_kern",
        "--skb-mode --object=xdp1_kern --program=xdp_prog1 --map=rxcnt"
      })
  void totalsAreWhatWasSent(String how) throws Exception {
    network.run(
        () -> {
          Map<Integer, Long> sent = new TreeMap<>();
          String[] options = ("-i 0.5 -c 2 --format json " + withFile(how)).split(" ", -1);
          CommandLineProcess.Result result = count(sent, options);
          List<String> lines = result.out().lines().toList();
          assertEquals(2, lines.size(), result.out());
          Map<String, Object> last = Json.object(lines.getLast());
          assertEquals(sent, field(last, "total"));
          assertEquals(how.contains("--skb-mode") ? "skb" : "native", last.get("mode"));
          assertEquals(Hook.DEVICE, last.get("interface"));
          long index = NetworkDevice.of(Hook.DEVICE).index();
          assertEquals(index, Json.number(last, "ifindex").longValue());
          assertTrue(result.summary().endsWith(KnownFrames.asSummary(sent)), result.err());
        });
  }

  private static String withFile(String how) {
    Matcher object = Pattern.compile("--object=(\\w+)").matcher(how);
    return object.find()
        ? object.replaceFirst("--object=" + TestObjects.file(object.group(1)))
        : how;
  }

  @Test
  void numbersOfAReportAgree() throws Exception {
    network.run(
        () -> {
          CommandLineProcess.Result result =
              count(new TreeMap<>(), "-i", "0.2", "-c", "4", "--format", "json");
          Map<String, Object> before = Map.of();
          for (String line : result.out().lines().toList()) {
            Map<String, Object> report = Json.object(line);
            double seconds = Json.number(report, "intervalSeconds").doubleValue();
            assertTrue(seconds > 0.1 && seconds < 10, line);
            Map<Integer, Long> packets = field(report, "packets");
            Json.protocols(report)
                .forEach(
                    (number, fields) ->
                        assertEquals(
                            packets.getOrDefault(number, 0L).doubleValue(),
                            Json.number(fields, "packetsPerSecond").doubleValue() * seconds,
                            1e-6));
            if (!before.isEmpty()) {
              Map<Integer, Long> total = field(before, "total");
              packets.forEach((number, more) -> total.merge(number, more, Long::sum));
              assertEquals(total, field(report, "total"));
            }
            before = report;
          }
        });
  }

  @Test
  void textHasTheRatesOfProtocolsWithTraffic() throws Exception {
    network.run(
        () -> {
          Map<Integer, Long> sent = new TreeMap<>();
          CommandLineProcess.Result result = count(sent, "-i", "1", "-c", "1");
          Map<Integer, Long> rates = new TreeMap<>();
          for (String line : result.out().lines().toList()) {
            Matcher found = LINE.matcher(line);
            assertTrue(found.matches(), line);
            rates.put(Integer.valueOf(found.group(1)), Long.valueOf(found.group(2)));
          }
          assertEquals(sent.keySet(), rates.keySet());
          // Of the last frames some may have come after the report; and one waits for no machine.
          rates.forEach(
              (protocol, rate) -> {
                long packets = sent.getOrDefault(protocol, 0L);
                assertTrue(rate <= packets && rate > packets / 2, protocol + ": " + rate);
              });
        });
  }

  @Test
  void theNamedProgramAndMapOfSeveralAreTaken() throws Exception {
    network.run(
        () -> {
          String object = "--object=" + TestObjects.file("two_programs");
          String[] first = {object, "--program=first", "--map=first_counts"};
          String[] second = {object, "--program=second", "--map=first_counts"};
          for (String[] named : new String[][] {first, second}) {
            try (CommandLineProcess xdp1 =
                Bpf4j.command("xdp1", Hook.DEVICE, named[0], named[1], named[2]).start()) {
              xdp1.until("attached", Hook::isTaken);
              String program = Hook.only().program().info().orElseThrow().name();
              assertEquals(named[1], "--program=" + program);
              KnownFrames.sendRounds(NetworkDevice.of("left"), 1);
              xdp1.signal("TERM");
              // Either program counts all frames in a map of its own.
              String counted = program.equals("first") ? " 95 packets (not IP 95)" : " 0 packets";
              assertTrue(xdp1.await().summary().endsWith(counted), counted);
            }
          }
        });
  }

  @Test
  void liveRedrawsOnATerminal() throws Exception {
    network.run(
        () -> {
          Bpf4j live =
              Bpf4j.command("xdp1", "-i", "0.2", "-c", "3", "--format", "live", Hook.DEVICE);
          try (CommandLineProcess xdp1 = live.onATerminal().start()) {
            xdp1.until("attached", Hook::isTaken);
            KnownFrames.sendRounds(NetworkDevice.of("left"), 1);
            CommandLineProcess.Result result = xdp1.await();
            assertEquals(0, result.status(), result.out());
            String again = "\u001b[8A\u001b[Jright, native mode, program ";
            assertEquals(3, result.out().split(Pattern.quote(again), -1).length, result.out());
          }
        });
  }

  @Test
  void liveIsPlainTextElsewhere() throws Exception {
    network.run(
        () -> {
          String out = count(new TreeMap<>(), "-i", "0.3", "-c", "1", "--format", "live").out();
          assertTrue(out.lines().allMatch(line -> LINE.matcher(line).matches()), out);
        });
  }

  /** How often a run of so many reports makes each system call that asks the kernel something. */
  private Map<String, Long> calls(String how, int reports) throws Exception {
    Path trace = Files.createTempFile("bpf4j-", ".strace");
    try {
      network.run(
          () ->
              Bpf4j.command("xdp1", how, "-i", "0.05", "-c", "" + reports, Hook.DEVICE)
                  .under("strace", "-f", "-qq", "-e", "trace=bpf,%network,ioctl", "-o", "" + trace)
                  .run()
                  .summary());
      return Files.readAllLines(trace).stream()
          .map(CALL::matcher)
          .filter(Matcher::find)
          .collect(Collectors.groupingBy(call -> call.group(1), Collectors.counting()));
    } finally {
      Files.delete(trace);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--native-mode", "--skb-mode", "--link"})
  void aReportIsOneCallOfBpfAndOneQuestionToRtnetlink(String how) throws Exception {
    Map<String, Long> few = calls(how, 5);
    Map<String, Long> many = calls(how, 45);
    many.replaceAll((call, times) -> times - few.getOrDefault(call, 0L));
    many.values().removeIf(times -> times == 0);
    assertEquals(Map.of("bpf", 40L, "sendto", 40L, "recvfrom", 40L), many);
  }
}
