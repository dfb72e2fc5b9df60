package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code mmap(2)}: memory that the kernel shares, bound to the arena that unmaps it. */
public final class Mappings {
  private static final long FAILED = -1;

  private Mappings() {}

  /** What may be done with the memory; the kernel decides whether it lets one. */
  public enum Access {
    READ,
    READ_WRITE
  }

  /**
   * Maps a part of what is behind a file descriptor, shared with the kernel.
   *
   * @param offset a multiple of the page size
   * @param arena unmaps it when it is closed; the segment then throws on use
   * @param subject names it in an exception
   */
  @SuppressWarnings("restricted") // the length is the one that was mapped
  public static MemorySegment map(
      int fd, long offset, long bytes, Access access, Arena arena, String subject) {
    int protection =
        access == Access.READ ? libc_h.PROT_READ() : libc_h.PROT_READ() | libc_h.PROT_WRITE();
    MemorySegment mapped = mmap(MemorySegment.NULL, fd, offset, bytes, protection, subject);
    MemorySegment bound =
        mapped.reinterpret(bytes, arena, all -> libc_h.munmap(all, all.byteSize()));
    return access == Access.READ ? bound.asReadOnly() : bound;
  }

  /**
   * Maps what is behind a file descriptor from its beginning, to read and write.
   *
   * @param address where the kernel shall put it if it can, 0 for anywhere
   */
  @SuppressWarnings("restricted") // the length is the one that was mapped
  public static MemorySegment mapAt(long address, int fd, long bytes, Arena arena, String subject) {
    int protection = libc_h.PROT_READ() | libc_h.PROT_WRITE();
    return mmap(MemorySegment.ofAddress(address), fd, 0, bytes, protection, subject)
        .reinterpret(bytes, arena, all -> libc_h.munmap(all, all.byteSize()));
  }

  private static MemorySegment mmap(
      MemorySegment address, int fd, long offset, long bytes, int protection, String subject) {
    return CapturedErrno.with(
        (_, errno) -> {
          MemorySegment start =
              (MemorySegment)
                  Handles.MMAP.invokeExact(
                      errno, address, bytes, protection, libc_h.MAP_SHARED(), fd, offset);
          if (start.address() == FAILED) {
            throw Results.failed("map", subject, CapturedErrno.get(errno), Capability.BPF);
          }
          return start;
        });
  }

  private static final class Handles {
    static final MethodHandle MMAP =
        CapturedErrno.capturing(libc_h.mmap$address(), libc_h.mmap$descriptor());
  }
}
