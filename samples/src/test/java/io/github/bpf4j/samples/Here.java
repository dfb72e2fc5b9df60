package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.samples.report.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Command lines run in this process, on the calling thread: what they print, how they end. */
final class Here {
  private Here() {}

  /** How one ended and what it printed. */
  record Result(int status, String out, String err) {
    /** That it did what it was to do without a word on stderr; stdout. */
    String printed() {
      assertEquals(0, status, this::toString);
      assertEquals("", err, this::toString);
      return out;
    }

    /** The one sentence that it gave up with; nothing is on stdout. */
    String refused() {
      assertEquals(1, status, this::toString);
      assertEquals(1, err.lines().count(), this::toString);
      assertTrue(err.startsWith("bpf4j: "), this::toString);
      return err.strip();
    }

    /** The one sentence on stderr of a command that did what it was to do. */
    String done() {
      assertEquals(0, status, this::toString);
      assertEquals(1, err.lines().count(), this::toString);
      return err.strip();
    }
  }

  /** Runs words, split at blanks. */
  static Result run(String line) {
    StringWriter out = new StringWriter();
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      System.setErr(err);
      int status =
          Main.commandLine()
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
              .execute(line.split(" ", -1));
      return new Result(status, out.toString(), ours(said.toString(StandardCharsets.UTF_8)));
    } finally {
      System.setErr(before);
    }
  }

  /** Without libbpf's lines, which are logged here, as the tests set up slf4j. */
  private static String ours(String said) {
    return said.lines()
        .filter(line -> !line.contains(" io.github.bpf4j.libbpf - "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Runs it with {@code --json}; the one object that it prints. */
  static Map<String, Object> object(String line) throws IOException {
    return Json.object(run(line + " --json").printed());
  }

  /** Runs it with {@code --json}; the objects that it prints. */
  static List<Map<String, Object>> objects(String line) throws IOException {
    return Json.objects(run(line + " --json").printed());
  }
}
