package io.github.bpf4j.libbpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The capabilities that BPF takes, and which of them the calling thread has.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
enum Capability {
  /** Attach to the network. */
  NET_ADMIN(12),
  /** Send raw frames. */
  NET_RAW(13),
  /** Nearly everything: namespaces, objects by id. */
  SYS_ADMIN(21),
  /** Load programs and make maps (kernel 5.8); CAP_SYS_ADMIN implies it. */
  BPF(39);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  boolean isHeld() {
    long effective = effective();
    return has(effective, this) || (this == BPF && has(effective, SYS_ADMIN));
  }

  private static boolean has(long capabilities, Capability capability) {
    return (capabilities >>> capability.bit & 1) != 0;
  }

  /** Of the calling thread; all of them where /proc does not tell, so that nothing is claimed. */
  private static long effective() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
        if (line.startsWith("CapEff:")) {
          return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
        }
      }
    } catch (IOException e) {
      return -1L;
    }
    return -1L;
  }

  @Override
  public String toString() {
    return "CAP_" + name();
  }
}
