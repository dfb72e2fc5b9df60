package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.demo.KnownFrames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our output beside that of the same program in C, on the same wire. */
@KernelTest
final class TwinTest {
  private static final Path TWIN = Path.of("../native/target/twins/xdp1_user");

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

  private static Process startTwin(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 3];
    command[0] = TWIN.toString();
    command[1] = "-i";
    command[2] = "1";
    System.arraycopy(arguments, 0, command, 3, arguments.length);
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
          Process twin = startTwin(mode, "-c", "1", object, Hook.DEVICE);
          assertEquals(sent, sendFrames());
          return new Outputs(KnownFrames.asText(sent), ours, await(twin));
        });
  }

  @Test
  void sideBySideTheyPrintTheSame() throws Exception {
    assertTheyPrintTheSame(
        () -> {
          try (CommandLineProcess ours = startOurs("-N", 2)) {
            // The map of counters comes first: the owner's mark was bound to the program later.
            int map = Hook.only().program().info().orElseThrow().mapIds().getFirst();
            Process twin = startTwin("-b", "-c", "1", "-m", Integer.toString(map));
            String expected = KnownFrames.asText(sendFrames());
            CommandLineProcess.Result result = ours.await();
            result.summary();
            return new Outputs(expected, result.out(), await(twin));
          }
        });
  }

  private static Map<Integer, Long> sendFrames() {
    return KnownFrames.sendOfEachKind(NetworkDevice.of("left"), FRAMES);
  }
}
