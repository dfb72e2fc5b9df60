package io.github.bpf4j.samples;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;

/**
 * Does once what most runs do, for the JVM to see what it shall keep in the start-up cache of a
 * distribution. Prints nothing, leaves nothing.
 */
public final class Training {
  private static final String[][] RUNS = {
    {"prog", "list"}, {"map", "list"}, {"link", "list"}, {"prog", "list", "--json"},
  };

  private Training() {}

  /**
   * Trains.
   *
   * @param args a device to count packets on, of a network namespace of this process's own; none
   *     where there is no such namespace
   */
  public static void main(String[] args) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    for (String[] run : RUNS) {
      commandLine(nowhere).execute(run);
    }
    String device = args.length == 0 ? "none" : args[0];
    // The last one, for it may end the process as a signal does.
    commandLine(nowhere).execute("xdp1", "-S", "-i", "0.05", "-c", "2", device);
  }

  private static CommandLine commandLine(PrintWriter nowhere) {
    return Main.commandLine().setOut(nowhere).setErr(nowhere);
  }
}
