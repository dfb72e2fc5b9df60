package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Structs of functions that the kernel calls (kernel 5.6): a congestion control of TCP, a
 * scheduler.
 *
 * <pre>
 *   the map's value:  | u32 references | u32 state | … the struct |
 * </pre>
 */
public final class StructOps {
  private static final int STATE_OFFSET = Integer.BYTES;

  /** {@code BPF_STRUCT_OPS_STATE_INUSE}. */
  private static final int IN_USE = 1;

  private StructOps() {}

  /**
   * Gives the struct of a map to the kernel.
   *
   * @return the link; empty when the map is not made for one, and the kernel keeps the struct until
   *     {@link #unregister}
   */
  public static Optional<LinkHandle> attach(MapHandle map, String subject) {
    if (BpfMapType.of(map.type()) != BpfMapType.STRUCT_OPS) {
      throw new BpfException(
          Failure.of("attach", subject, "it is a map of type " + BpfMapType.of(map.type())));
    }
    Libbpf.require();
    return CapturedErrno.with(
        (_, errno) -> {
          MemorySegment link = (MemorySegment) Handles.ATTACH.invokeExact(errno, map.pointer());
          if (link.address() == 0) {
            throw refused(subject, CapturedErrno.get(errno));
          }
          LinkHandle handle = LinkHandle.of(link);
          if (handle.isBpfLink()) {
            return Optional.of(handle);
          }
          // Closed, libbpf's would take the struct out again.
          libbpf_h.bpf_link__disconnect(link);
          handle.close();
          return Optional.empty();
        });
  }

  private static BpfException refused(String subject, int errno) {
    return switch (errno) {
      case Errno.EEXIST ->
          new BpfException(
              Failure.of("attach", subject, errno)
                  .because("the kernel has one of that name")
                  .hint("bpftool struct_ops list shows whose"));
      case Errno.EBUSY ->
          new BpfException(
              Failure.of("attach", subject, errno)
                  .because("it is or was attached: a struct is registered once"));
      default ->
          Results.failed("attach", subject, errno, Capability.neededBy(BpfProgramType.STRUCT_OPS));
    };
  }

  /** Takes the struct back. 0 or {@code -errno}: ENOENT or EINPROGRESS when it is back already. */
  public static int unregister(MapHandle map) {
    try (Arena arena = Arena.ofConfined()) {
      return MapCalls.delete(map.fd(), arena.allocateFrom(ValueLayout.JAVA_INT, 0));
    }
  }

  /** Whether the kernel has the struct. */
  public static boolean isRegistered(MapHandle map) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(map.valueSize(), Long.BYTES);
      int result = MapCalls.lookup(map.fd(), arena.allocateFrom(ValueLayout.JAVA_INT, 0), value, 0);
      return result >= 0 && value.get(ValueLayout.JAVA_INT, STATE_OFFSET) == IN_USE;
    }
  }

  private static final class Handles {
    static final MethodHandle ATTACH =
        CapturedErrno.capturing(
            libbpf_h.bpf_map__attach_struct_ops$address(),
            libbpf_h.bpf_map__attach_struct_ops$descriptor());
  }
}
