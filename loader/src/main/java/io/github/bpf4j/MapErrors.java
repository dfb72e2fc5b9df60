package io.github.bpf4j;

import io.github.bpf4j.BpfMap.Access;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfPermissionException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Results;
import io.github.bpf4j.map.RawMap;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Says what an errno means for a map of its type. */
final class MapErrors {
  private MapErrors() {}

  static BpfException explain(
      BpfMap map, MapShape shape, Access access, String operation, int errno) {
    String subject = "map " + map.name();
    Failure failure = Failure.of(operation, subject, errno);
    // Linux before 5.11 answers EBUSY to a second freeze.
    if (errno == Errno.EPERM || (errno == Errno.EBUSY && operation.equals("freeze"))) {
      String reason = denied(map, access);
      return reason == null
          ? Results.failed(operation, subject, errno)
          : new BpfPermissionException(failure.because(reason));
    }
    if (operation.equals("update")) {
      String refused = MapRefusals.ofValue(shape.type(), errno);
      if (refused != null) {
        return new BpfException(failure.because(refused));
      }
    }
    return switch (errno) {
      case Errno.E2BIG, Errno.ENOSPC, Errno.ENOMEM -> new BpfException(full(failure, shape));
      case Errno.ENOTSUPP, Errno.EOPNOTSUPP ->
          new BpfUnsupportedException(failure.because(unsupported(shape)));
      case Errno.EINVAL -> new BpfException(failure.because(invalid(shape)));
      default -> new BpfException(failure);
    };
  }

  private static Failure full(Failure failure, MapShape shape) {
    if (shape.type().isIndexed() && failure.errno() == Errno.E2BIG) {
      return failure.because(
          "there is no such slot: it has those from 0 to " + (shape.maxEntries() - 1));
    }
    if (failure.errno() == Errno.ENOMEM && !isLru(shape.type())) {
      return failure;
    }
    return failure
        .because("it is full: it holds " + shape.maxEntries() + " entries at most")
        .hint("delete some, or give it more before the load (max_entries)");
  }

  private static boolean isLru(BpfMapType type) {
    return type == BpfMapType.LRU_HASH || type == BpfMapType.LRU_PERCPU_HASH;
  }

  private static String unsupported(MapShape shape) {
    return "this kernel has no such operation for a map of type " + shape.typeName();
  }

  private static String invalid(MapShape shape) {
    return "the kernel takes no such key, value, flag or operation for a map of type "
        + shape.typeName();
  }

  private static @Nullable String denied(BpfMap map, Access access) {
    if (access != Access.READ_WRITE) {
      return "this descriptor of it is " + access;
    }
    return map.info().frozen()
        ? "it is frozen: nobody may write to it from user space any more"
        : null;
  }

  static BpfException noSuchId(int id) {
    return new BpfException(
        Failure.of("open", "map " + id, Errno.ENOENT)
            .because("no map has that id")
            .hint("bpftool map list shows those that there are"));
  }

  static IllegalArgumentException wrongSegment(
      RawMap map, MemorySegment segment, long needed, String what) {
    return new IllegalArgumentException(
        "map "
            + map.name()
            + " needs a native segment of "
            + needed
            + " bytes for the "
            + what
            + ", not "
            + (segment.isNative() ? segment.byteSize() + " bytes" : "one on the heap"));
  }
}
