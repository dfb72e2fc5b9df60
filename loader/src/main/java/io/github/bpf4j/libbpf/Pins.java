package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_obj_get_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code BPF_OBJ_PIN} and {@code BPF_OBJ_GET}: names in a bpf file system. */
public final class Pins {
  private Pins() {}

  /**
   * Pins what a descriptor stands for.
   *
   * @return 0 or {@code -errno}
   */
  public static int pin(int fd, String path) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      return libbpf_h.bpf_obj_pin(fd, arena.allocateFrom(path));
    }
  }

  /**
   * Opens what is pinned.
   *
   * @param flags {@code BPF_F_RDONLY}, {@code BPF_F_WRONLY} or 0
   * @return empty when there is nothing of that name
   */
  public static Optional<Fd> open(String path, int flags) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = bpf_obj_get_opts.allocate(arena);
      bpf_obj_get_opts.sz(options, bpf_obj_get_opts.sizeof());
      bpf_obj_get_opts.file_flags(options, flags);
      int fd = libbpf_h.bpf_obj_get_opts(arena.allocateFrom(path), options);
      if (fd == -Errno.ENOENT) {
        return Optional.empty();
      }
      if (fd < 0 && !isInBpfFileSystem(path)) {
        throw new BpfException(
            Failure.of("open", "the pin " + path, -fd).because("it is in no bpf file system"));
      }
      return Optional.of(new Fd(Results.check(fd, "open", "the pin " + path), path));
    }
  }

  /**
   * Makes one folder, with all bits of its mode from the first moment but those of the umask.
   *
   * @return 0 or {@code -errno}
   */
  public static int makeFolder(String path, int mode) {
    return CapturedErrno.with(
        (arena, errno) -> {
          long result =
              CapturedErrno.call(
                  errno,
                  libc_h.mkdir$address(),
                  arena.allocateFrom(path),
                  CapturedErrno.word(mode));
          return (int) result < 0 ? -CapturedErrno.get(errno) : 0;
        });
  }

  // The kernel says EACCES of any other file, as if root had no right to it.
  private static boolean isInBpfFileSystem(String path) {
    try {
      return Files.getFileStore(Path.of(path)).type().equals("bpf");
    } catch (IOException e) {
      return true; // it cannot be told: the kernel's own word stays
    }
  }

  /**
   * What a descriptor stands for: {@code "bpf-map"}, {@code "bpf-prog"}, {@code "bpf-link"} (the
   * kernel itself says {@code "bpf_link"} of one that was just made); an empty string where /proc
   * does not tell.
   */
  public static String kind(Fd fd) {
    return kind(fd.number());
  }

  static String kind(int fd) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd));
      return target
          .toString()
          .replaceFirst("^anon_inode:\\[?([^\\]]*)\\]?$", "$1")
          .replace('_', '-');
    } catch (IOException e) {
      return "";
    }
  }
}
