package io.github.bpf4j.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Other programs: {@code ip}, {@code bpftool}. They run where the calling thread is. */
public final class Commands {
  private Commands() {}

  /** How a command ended, and what it printed, both streams. */
  public record Result(int status, String output) {}

  /** Runs a command that must succeed; what it printed, both streams. */
  public static String run(String... command) {
    Result result = result(command);
    if (result.status() != 0) {
      throw new AssertionError(
          String.join(" ", command) + " exited " + result.status() + ": " + result.output());
    }
    return result.output();
  }

  /** Runs a command that may fail. */
  public static boolean succeeds(String... command) {
    return result(command).status() == 0;
  }

  /** Runs a command that may fail; how it ended. */
  public static Result result(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
