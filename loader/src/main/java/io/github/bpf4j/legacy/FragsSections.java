package io.github.bpf4j.legacy;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Programs in section {@code "xdp.frags"} take packets of several pages: libbpf says so to the
 * kernel, and one before 5.18 refuses the program for it, although no such packet would ever come
 * there. Under a name that libbpf does not know it says nothing, and {@link SectionNames} finds the
 * type.
 *
 * <pre>
 *   section names  … xdp.frags …  ─▶  … xdp_frags …     as long as before, so nothing moves
 *   strings of BTF … xdp.frags …  ─▶  … xdp_frags …     by which .BTF.ext finds the section
 * </pre>
 */
public final class FragsSections {
  private static final byte[] NAME = "xdp.frags\0".getBytes(StandardCharsets.US_ASCII);
  private static final int DOT = 3;

  private FragsSections() {}

  /** Whether an object has such programs. */
  public static boolean isIn(ElfObject object) {
    return object.section("xdp.frags") != null;
  }

  /** The object with its programs as those for packets of one page. */
  public static byte[] renamed(ElfObject object) {
    byte[] file = object.file().clone();
    rename(file, object.sectionNames());
    ElfSection btf = object.section(".BTF");
    if (btf != null) {
      rename(file, btf);
    }
    return file;
  }

  private static void rename(byte[] file, ElfSection strings) {
    int end = strings.offset() + (int) strings.size();
    for (int i = strings.offset(); i + NAME.length <= end; i++) {
      if (Arrays.equals(file, i, i + NAME.length, NAME, 0, NAME.length)) {
        file[i + DOT] = '_';
      }
    }
  }
}
