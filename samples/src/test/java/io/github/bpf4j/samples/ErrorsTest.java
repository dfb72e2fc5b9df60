package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfVerifierException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.Errors;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.OutputClosedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What is printed of whatever goes wrong. */
final class ErrorsTest {
  private static final Failure FAILURE =
      Failure.of("attach", "p to eth0", Errno.EBUSY)
          .hint("wait")
          .log(List.of("libbpf's first line", "and its second"));

  private static String printed(Exception error, String... options) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(err));
    String[] arguments = new String[options.length + 2];
    arguments[0] = "xdp1";
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[options.length + 1] = "eth0";
    int status = Errors.execution(error, commandLine, commandLine.parseArgs(arguments));
    assertEquals(ExitCode.FAILED, status);
    return err.toString();
  }

  @Test
  void anErrorOfTheKernelIsOneSentence() {
    assertEquals(
        "bpf4j: " + FAILURE.sentence() + System.lineSeparator(),
        printed(new BpfException(FAILURE)));
  }

  @Test
  void verboseAddsLibbpfsLinesAndTheTrace() {
    String text = printed(new BpfException(FAILURE), "-v");
    List<String> lines = text.lines().toList();
    assertEquals("bpf4j: " + FAILURE.sentence(), lines.get(0));
    assertEquals("libbpf: libbpf's first line", lines.get(1));
    assertEquals("libbpf: and its second", lines.get(2));
    assertTrue(text.contains("\tat " + ErrorsTest.class.getModule().getName()), text);
  }

  @Test
  void theVerifiersLogIsThereForTheAsking() {
    BpfException refused = new BpfVerifierException(FAILURE, "0: (95) exit\nR0 !read_ok\n", null);
    List<String> brief = printed(refused).lines().toList();
    assertEquals(2, brief.size(), brief.toString());
    assertTrue(brief.get(1).contains("--verbose"), brief.get(1));
    String whole = printed(refused, "--verbose");
    assertTrue(whole.contains("0: (95) exit\nR0 !read_ok\n"), whole);
  }

  @Test
  void aCommandsOwnSentenceHasNoTrace() {
    assertEquals(
        "bpf4j: eth0 is gone" + System.lineSeparator(),
        printed(new CommandFailedException("eth0 is gone")));
  }

  @Test
  void aClosedStdoutIsNoNews() {
    assertEquals("", printed(OutputClosedException.of(new IOException("Broken pipe"))));
  }

  @Test
  void aStdoutThatFailsOtherwiseIsNews() {
    assertEquals(
        "bpf4j: cannot write the report: No space left on device" + System.lineSeparator(),
        printed(OutputClosedException.of(new IOException("No space left on device"))));
  }

  @Test
  void aBugIsCalledOneAndComesWithItsTrace() {
    String text = printed(new IllegalStateException("the impossible"));
    assertTrue(text.startsWith("bpf4j: internal error, please report it: "), text);
    assertTrue(text.contains("the impossible") && text.contains("\tat "), text);
  }
}
