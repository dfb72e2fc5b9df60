package io.github.bpf4j.libbpf;

import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Failure;

/**
 * {@code __bpf_usdt_specs}, the map in which libbpf tells programs on static probes the cookie and
 * where the arguments are. libbpf writes it by its own {@code struct usdt_spec}, programs read it
 * by that of the {@code usdt.bpf.h} which they were compiled with, and libbpf does not compare the
 * two: since 1.7 an argument takes 24 bytes, 16 before, and all that programs read of the other
 * kind is wrong.
 */
final class UsdtSpecs {
  private static final String MAP = "__bpf_usdt_specs";
  // 12 arguments, a cookie of 8 bytes, a count with its padding.
  private static final int BYTES_BEFORE = 12 * 16 + 8 + 8;
  private static final int BYTES = 12 * 24 + 8 + 8;

  private UsdtSpecs() {}

  /**
   * Makes sure that the program and libbpf mean the same struct.
   *
   * @throws BpfUnsupportedException names both libbpfs
   */
  static void require(ProgramHandle program, String subject) {
    boolean recent = Libbpf.isAtLeast(1, 7);
    for (MapHandle map : program.object().maps()) {
      if (map.name().equals(MAP) && map.valueSize() == (recent ? BYTES_BEFORE : BYTES)) {
        throw new BpfUnsupportedException(
            Failure.of(
                    "attach",
                    subject,
                    "the object was compiled with the usdt.bpf.h of libbpf "
                        + (recent ? "1.6 or older" : "1.7 or newer")
                        + ", whose specs libbpf "
                        + Libbpf.version()
                        + " lays out otherwise")
                .hint(
                    "compile it with the headers of this libbpf, or let -D"
                        + Libbpf.PROPERTY
                        + " name the libbpf that fits"));
      }
    }
  }
}
