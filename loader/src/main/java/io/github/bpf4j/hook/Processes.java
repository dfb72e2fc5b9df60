package io.github.bpf4j.hook;

import io.github.bpf4j.libbpf.OwnerMark.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code /proc} tells of processes that loaded programs. */
final class Processes {
  private static final Path PROC = Path.of("/proc");

  /**
   * Field 22 of {@code /proc/PID/stat}, counted from the one after the command's closing bracket.
   */
  private static final int START_TIME = 22 - 3;

  private Processes() {}

  /** This process. */
  static Owner self() {
    long pid = ProcessHandle.current().pid();
    return new Owner(pid, startTicks(pid), pidNamespace(), false);
  }

  /**
   * Whether that very process runs, not another one that got its pid. One of another pid namespace
   * counts as running, since nothing here tells.
   */
  static boolean isRunning(Owner owner) {
    return owner.pidNamespace() != pidNamespace() || startTicks(owner.pid()) == owner.startTicks();
  }

  /** The inode of this process's pid namespace; 0 where /proc does not tell. */
  private static long pidNamespace() {
    try {
      String link = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
      return Long.parseLong(link.substring(link.indexOf('[') + 1, link.indexOf(']')));
    } catch (IOException e) {
      return 0;
    }
  }

  /** When the process started, in clock ticks after boot; -1 when there is no such process. */
  private static long startTicks(long pid) {
    return startTicks(read(PROC.resolve(pid + "/stat")));
  }

  /**
   * The same of what {@code /proc/PID/stat} holds. One that ended and that nobody waits for is
   * none.
   */
  static long startTicks(String stat) {
    if (stat.isEmpty()) {
      return -1;
    }
    String[] afterCommand = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    boolean ended = afterCommand[0].equals("Z") || afterCommand[0].equals("X");
    return ended ? -1 : Long.parseLong(afterCommand[START_TIME]);
  }

  /** A command's name may be any bytes. */
  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
