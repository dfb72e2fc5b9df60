package io.github.bpf4j.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Other programs: {@code ip}, {@code bpftool}. They run where the calling thread is. */
public final class Commands {
  private Commands() {}

  /** Runs a command that must succeed; what it printed, both streams. */
  public static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new AssertionError(String.join(" ", command) + " exited " + status + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
