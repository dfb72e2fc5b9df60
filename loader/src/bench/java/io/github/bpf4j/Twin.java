package io.github.bpf4j;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A C program that does the same as a benchmark does. So often in one go that starting it, a
 * millisecond or so, is lost in its time.
 */
final class Twin {
  private Twin() {}

  /** Runs one, which prints what it has come to. */
  static long run(String name, Object... arguments) {
    List<String> command = new ArrayList<>(List.of("../native/target/twins/" + name));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String said = new String(process.getInputStream().readAllBytes()).strip();
      if (process.waitFor() != 0) {
        throw new AssertionError(command + " failed");
      }
      return Long.parseUnsignedLong(said);
    } catch (IOException e) {
      throw new AssertionError("the C twins are built where libbpf's headers are", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
