package io.github.bpf4j.ring;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** The CPUs that run now; others may be brought up and down while the system runs. */
final class OnlineCpus {
  private static final Path FILE = Path.of("/sys/devices/system/cpu/online");

  private OnlineCpus() {}

  static BitSet read() {
    try {
      return parse(Files.readString(FILE).strip());
    } catch (IOException e) {
      BpfException exception =
          new BpfException(
              Failure.of("read", FILE.toString(), String.valueOf(e.getMessage()))
                  .hint("it takes sysfs mounted on /sys"));
      exception.initCause(e);
      throw exception;
    }
  }

  /** As the kernel lists CPUs: {@code 0-3,8}. */
  static BitSet parse(String list) {
    BitSet cpus = new BitSet();
    for (String range : list.split(",", -1)) {
      String[] ends = range.split("-", -1);
      cpus.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return cpus;
  }
}
