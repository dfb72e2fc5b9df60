package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code execsnoop}: the programs that this test runs, among all others of the machine. */
@KernelTest
final class ExecsnoopTest {
  private static final long MYSELF = ProcessHandle.current().pid();

  @TempDir private Path folder;

  /** {@code echo} by a name that no one else uses. */
  private Path echo;

  @BeforeEach
  void name() throws IOException {
    echo = Files.createSymbolicLink(folder.resolve("echo" + MYSELF), Path.of("/bin/echo"));
  }

  private static void untilAttached(CommandLineProcess execsnoop) throws Exception {
    execsnoop.until("attached", () -> execsnoop.printed().startsWith("PID     PPID "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void printsWhatBeginsUntilASignalComes(String signal) throws Exception {
    try (CommandLineProcess execsnoop =
        Bpf4j.command("execsnoop").under("env", "--default-signal=INT,TERM").start()) {
      untilAttached(execsnoop);
      Commands.run(echo.toString(), "one", "two words");
      execsnoop.until("printed", () -> execsnoop.printed().contains(" two words\n"));
      execsnoop.signal(signal);
      CommandLineProcess.Result result = execsnoop.await();
      assertEquals(0, result.status(), result.toString());
      assertEquals("", result.err());
      String row = result.out().lines().filter(line -> line.contains(echo + " ")).findAny().get();
      assertTrue(
          row.matches("\\d+ +" + MYSELF + " +0 +echo" + MYSELF + " +" + echo + " one two words"),
          row);
    }
  }

  @Test
  void endsAfterTheCountOfThoseThatTheNameChooses() throws Exception {
    try (CommandLineProcess execsnoop =
        Bpf4j.command("execsnoop", "-n", "echo" + MYSELF, "-c", "2").start()) {
      untilAttached(execsnoop);
      Commands.run("true");
      Commands.run(echo.toString(), "1");
      Commands.run("true");
      Commands.run(echo.toString(), "2");
      CommandLineProcess.Result result = execsnoop.await();
      assertEquals(0, result.status(), result.toString());
      List<String> lines = result.out().lines().toList();
      assertEquals(3, lines.size(), result.out());
      assertTrue(lines.get(1).endsWith(echo + " 1"), result.out());
      assertTrue(lines.get(2).endsWith(echo + " 2"), result.out());
    }
  }

  @Test
  void argumentsAreKeptApartInJsonAndSayWhenTheyAreCut() throws Exception {
    try (CommandLineProcess execsnoop =
        Bpf4j.command("execsnoop", "--json", "-n", "echo" + MYSELF).start()) {
      // Nothing is printed before the first program: one is run until it is seen.
      execsnoop.until(
          "attached",
          () -> {
            Commands.run(echo.toString());
            return !execsnoop.printed().isEmpty();
          });
      Commands.run(echo.toString(), "a b", "", "c\n");
      Commands.run(echo.toString(), "x".repeat(600));
      execsnoop.until("printed", () -> execsnoop.printed().contains("\"truncated\":true}\n"));
      execsnoop.signal("TERM");
      CommandLineProcess.Result result = execsnoop.await();
      assertEquals(0, result.status(), result.toString());
      String printed = result.out();
      String program = "\"comm\":\"echo%s\",\"filename\":\"%s\"".formatted(MYSELF, echo);
      assertTrue(printed.contains(program + ",\"args\":[\"" + echo + "\"],"), printed);
      String apart = ",\"args\":[\"" + echo + "\",\"a b\",\"\",\"c\\n\"],\"truncated\":false}";
      assertTrue(printed.contains(program + apart), printed);
      String cut = "x".repeat(512 - echo.toString().length() - 1) + "\"],\"truncated\":true}";
      assertTrue(printed.contains("\"" + cut), printed);
    }
  }

  @Test
  void whatAProgramIsCalledMovesNoCursor() throws Exception {
    try (CommandLineProcess execsnoop =
        Bpf4j.command("execsnoop", "-n", "echo" + MYSELF, "-c", "1").start()) {
      untilAttached(execsnoop);
      Commands.run(echo.toString(), "red\u001b[31m", "below\nit");
      CommandLineProcess.Result result = execsnoop.await();
      assertTrue(result.out().endsWith(" red?[31m below?it\n"), result.out());
    }
  }

  @Test
  void aClosedStdoutEndsItQuietly() throws Exception {
    try (CommandLineProcess execsnoop =
        Bpf4j.command("execsnoop", "-n", "echo" + MYSELF).startPiped()) {
      execsnoop.process().inputReader().readLine();
      execsnoop.process().getInputStream().close();
      Commands.run(echo.toString());
      CommandLineProcess.Result result = execsnoop.await();
      assertEquals(1, result.status());
      assertEquals("", result.err());
    }
  }
}
