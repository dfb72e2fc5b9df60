package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo, which is started in a network of its own so that what it leaves would be seen. */
@KernelTest
final class DemoTest {
  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "skb"})
  void countsWhatItSends(String mode) throws Exception {
    network.run(
        () -> {
          List<NetworkDevice> before = NetworkDevice.all();
          Bpf4j demo =
              mode.equals("skb")
                  ? Bpf4j.command("demo", "--seconds", "2", "--skb-mode")
                  : Bpf4j.command("demo", "--seconds", "2");
          CommandLineProcess.Result result = demo.run();
          assertEquals(0, result.status(), result.toString());
          assertEquals("", result.err());
          assertComparison(result.out(), mode);
          assertEquals(before, NetworkDevice.all());
        });
  }

  private static void assertComparison(String out, String mode) {
    List<String> lines = out.lines().toList();
    int start = lines.indexOf(mode + " mode");
    assertTrue(start > 0, out);
    List<String> rows = lines.subList(start + 2, lines.size());
    assertEquals(7, rows.size(), "six protocols and their sum:\n" + out);
    for (String row : rows) {
      assertTrue(row.matches(".* ([1-9]\\d*) +\\1  equal"), row);
    }
    assertTrue(lines.getFirst().startsWith("proto "), "plain text where no terminal is:\n" + out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsItEarlyWithAComparisonAllTheSame(String signal) throws Exception {
    network.run(
        () -> {
          Set<String> namespaces = new TreeSet<>();
          List<NetworkDevice> before = NetworkDevice.all();
          try (CommandLineProcess demo =
              Bpf4j.command("demo", "--seconds", "600")
                  .under("env", "--default-signal=INT,TERM")
                  .start()) {
            demo.until("a report", () -> demo.printed().contains("proto 132:"));
            namespaces.addAll(namespaces(Path.of("/proc", "" + demo.pid(), "task")));
            assertEquals(2, namespaces.size(), "the one that it came from and its own");
            demo.signal(signal);
            CommandLineProcess.Result result = demo.await();
            assertEquals(0, result.status(), result.toString());
            assertEquals("", result.err());
            assertComparison(result.out(), "native");
          }
          assertEquals(before, NetworkDevice.all());
          namespaces.retainAll(allNamespaces());
          assertEquals(1, namespaces.size(), "its own network namespace is gone");
        });
  }

  @Test
  void aKillLeavesNothing() throws Exception {
    network.run(
        () -> {
          Set<String> namespaces = new TreeSet<>();
          List<NetworkDevice> before = NetworkDevice.all();
          try (CommandLineProcess demo = Bpf4j.command("demo").start()) {
            demo.until("a report", () -> demo.printed().contains("proto 132:"));
            namespaces.addAll(namespaces(Path.of("/proc", "" + demo.pid(), "task")));
          }
          assertEquals(before, NetworkDevice.all());
          namespaces.retainAll(allNamespaces());
          assertEquals(1, namespaces.size(), "its own network namespace is gone");
        });
  }

  @Test
  void aClosedStdoutEndsItQuietly() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess demo = Bpf4j.command("demo", "--seconds", "600").startPiped()) {
            assertFalse(demo.process().inputReader().readLine().isEmpty());
            demo.process().getInputStream().close();
            CommandLineProcess.Result result = demo.await();
            assertEquals(1, result.status());
            assertEquals("", result.err());
          }
        });
  }

  /** The network namespaces of all processes. */
  private static Set<String> allNamespaces() throws IOException {
    Set<String> all = new TreeSet<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          (Iterable<Path>)
              processes.filter(path -> path.getFileName().toString().matches("\\d+"))::iterator) {
        all.addAll(namespaces(process.resolve("task")));
      }
    }
    return all;
  }

  /** The network namespaces of the threads of a process, as far as it still runs. */
  private static Set<String> namespaces(Path threads) {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> all = Files.list(threads)) {
      for (Path thread : all.toList()) {
        found.add(Files.readSymbolicLink(thread.resolve("ns/net")).toString());
      }
    } catch (IOException e) {
      return found;
    }
    return found;
  }
}
