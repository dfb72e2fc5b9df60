package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.libbpf.Mappings;
import io.github.bpf4j.uapi.BpfMapFlag;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a section of variables.
 *
 * @param bytes read-only where the section is; empty when there is a problem
 * @param problem why there is no memory, or null
 */
record SectionMemory(MemorySegment bytes, @Nullable Supplier<BpfException> problem) {
  static final String KCONFIG = ".kconfig";

  /** What the load will copy into the kernel. */
  static SectionMemory initial(MapHandle map, String section, Arena arena) {
    if (section.equals(KCONFIG)) {
      return none(
          () ->
              new BpfException(
                  Failure.of("use", subject(map), "its variables get their values by the load")
                      .hint("OpenOptions.kconfig sets others than those of the kernel")));
    }
    MemorySegment value = map.initialValue(arena);
    return value.byteSize() == 0
        ? none(
            () ->
                new BpfException(
                    Failure.of("use", subject(map), "libbpf keeps no initial value for it")))
        : new SectionMemory(value, null);
  }

  /** The kernel's own memory. Of our own mapping, because libbpf makes one only since 1.5. */
  static SectionMemory mapped(MapHandle map, Arena arena) {
    int flags = map.flags();
    if (!BpfMapFlag.MMAPABLE.in(flags)) {
      return none(() -> unmappable(map, 0));
    }
    Mappings.Access access =
        BpfMapFlag.RDONLY_PROG.in(flags) ? Mappings.Access.READ : Mappings.Access.READ_WRITE;
    try {
      return new SectionMemory(
          Mappings.map(map.fd(), 0, map.valueSize(), access, arena, subject(map)), null);
    } catch (BpfException e) {
      int errno = e.errno().orElse(0);
      return none(() -> unmappable(map, errno));
    }
  }

  private static BpfUnsupportedException unmappable(MapHandle map, int errno) {
    Failure failure =
        Failure.of("map the variables of", subject(map), errno).hint("BpfMap.lookup reads them");
    boolean known = errno == 0 || errno == Errno.ENOTSUPP;
    return new BpfUnsupportedException(
        known
            ? failure.because("that takes Linux 5.5, and a section without locks, timers and lists")
            : failure);
  }

  private static SectionMemory none(Supplier<BpfException> problem) {
    return new SectionMemory(MemorySegment.NULL, problem);
  }

  private static String subject(MapHandle map) {
    return "map " + map.name();
  }

  /** The part that is a variable; none where the section turns out to be shorter. */
  MemorySegment at(long offset, long size) {
    return offset + size <= bytes.byteSize() ? bytes.asSlice(offset, size) : MemorySegment.NULL;
  }
}
