package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command line that runs. Closing kills it, if it still does. */
final class CommandLineProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = Long.getLong("bpf4j.patience", 60);
  private static final long GLANCE_MILLIS = 5;

  private final Process process;
  private final @Nullable Path out;
  private final Path err;

  CommandLineProcess(Process process, @Nullable Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** How it ended and what it printed. */
  record Result(int status, String out, String err) {
    /** The one sentence that it gave up with. */
    String sentence() {
      assertEquals(1, status, this::toString);
      List<String> lines = err.lines().toList();
      assertFalse(lines.isEmpty(), this::toString);
      assertTrue(lines.getFirst().startsWith("bpf4j: "), this::toString);
      assertTrue(lines.size() == 1 || lines.equals(List.of(lines.getFirst(), HINT)), err);
      return lines.getFirst();
    }

    /** The sentence that it gave up with after it had counted, behind the summary. */
    String lastSentence() {
      assertEquals(1, status, this::toString);
      List<String> lines = err.lines().toList();
      assertEquals(2, lines.size(), this::toString);
      assertTrue(lines.getFirst().matches("bpf4j: \\w+: \\d+ reports? in .* packets?.*"), err);
      return lines.getLast();
    }

    /** That it has done what it was to do, and says nothing but its summary; returns that. */
    String summary() {
      assertEquals(0, status, this::toString);
      assertEquals(1, err.lines().count(), err);
      assertTrue(err.startsWith("bpf4j: "), err);
      return err.strip();
    }

    private static final String HINT = "bpf4j: --verbose prints the whole verifier log";
  }

  Process process() {
    return process;
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal, such as {@code "TERM"}. */
  void signal(String name) {
    Commands.run("kill", "-s", name, Long.toString(pid()));
  }

  /** Waits until something is so; it is an error when the process ends before. */
  void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      if (!process.isAlive()) {
        throw new AssertionError("ended before " + what + ": " + result());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("never " + what + ": " + Files.readString(err));
      }
      Thread.sleep(GLANCE_MILLIS);
    }
  }

  /** Waits for the end. */
  Result await() throws Exception {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + Files.readString(err));
    }
    return result();
  }

  /** What it printed on stdout until now. */
  String printed() {
    try {
      return out == null ? "" : Files.readString(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Result result() throws IOException {
    return new Result(process.exitValue(), printed(), Files.readString(err));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    process.getInputStream().close();
    Files.delete(err);
    if (out != null) {
      Files.delete(out);
    }
  }
}
