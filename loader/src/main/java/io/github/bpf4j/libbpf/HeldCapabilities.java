package io.github.bpf4j.libbpf;

import io.github.bpf4j.uapi.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The capabilities of the calling thread that take effect: {@code /proc/thread-self/status}. */
public final class HeldCapabilities {
  private static final String LINE = "CapEff:";

  private HeldCapabilities() {}

  /** Whether the thread has a capability, or one that stands for it. */
  public static boolean has(Capability capability) {
    return all().contains(capability);
  }

  /** All that the thread has, those that CAP_SYS_ADMIN stands for among them. */
  public static Set<Capability> all() {
    long bits = bits();
    Set<Capability> held =
        Arrays.stream(Capability.values())
            .filter(capability -> has(bits, capability))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
    if (held.contains(Capability.SYS_ADMIN)) {
      Arrays.stream(Capability.values()).filter(Capability::isImpliedBySysAdmin).forEach(held::add);
    }
    return held;
  }

  private static boolean has(long bits, Capability capability) {
    return (bits >>> capability.number() & 1) != 0;
  }

  /** All of them where /proc does not tell, so that nothing is claimed. */
  private static long bits() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
        if (line.startsWith(LINE)) {
          return Long.parseUnsignedLong(line.substring(LINE.length()).strip(), 16);
        }
      }
    } catch (IOException e) {
      return -1L;
    }
    return -1L;
  }
}
