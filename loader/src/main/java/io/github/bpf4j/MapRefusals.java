package io.github.bpf4j;

import io.github.bpf4j.error.Errno;
import io.github.bpf4j.uapi.BpfMapType;
import org.jspecify.annotations.Nullable;

/** What a map may have against a value that is a descriptor or a number with a meaning. */
final class MapRefusals {
  private MapRefusals() {}

  /** Words, or null when the errno has nothing to do with the value. */
  static @Nullable String ofValue(BpfMapType type, int errno) {
    return switch (type) {
      case PROG_ARRAY ->
          isOneOf(errno, Errno.EINVAL, Errno.EBADF)
              ? "that is no program, or one of another type than those in it"
              : null;
      case ARRAY_OF_MAPS, HASH_OF_MAPS ->
          isOneOf(errno, Errno.EINVAL, Errno.EBADF)
              ? "that is no map, or one that differs from the inner map that it was made with"
                  + " (type, sizes, flags)"
              : null;
      case PERF_EVENT_ARRAY ->
          isOneOf(errno, Errno.EINVAL, Errno.EBADF) ? "that is no perf event" : null;
      case CGROUP_ARRAY ->
          isOneOf(errno, Errno.EINVAL, Errno.EBADF) ? "that is no folder of a cgroup" : null;
      case DEVMAP, DEVMAP_HASH ->
          isOneOf(errno, Errno.EINVAL, Errno.ENODEV)
              ? "there is no such device in this network namespace, or the program is no XDP"
                  + " program for devices (xdp/devmap)"
              : null;
      case CPUMAP -> cpu(errno);
      case XSKMAP ->
          isSocketOf(errno) ? "that is no socket of AF_XDP: no socket that it takes" : null;
      case SOCKMAP, SOCKHASH ->
          isSocketOf(errno)
              ? "that is no socket that it takes: TCP connected or listening, UDP bound, UNIX or"
                  + " VSOCK connected"
              : null;
      case REUSEPORT_SOCKARRAY ->
          isSocketOf(errno)
              ? "that is no socket that it takes: UDP bound or TCP listening, with SO_REUSEPORT"
              : errno == Errno.EBUSY ? "the socket is in a map of this type already" : null;
      default -> null;
    };
  }

  private static @Nullable String cpu(int errno) {
    return switch (errno) {
      case Errno.ENODEV -> "there is no such CPU";
      case Errno.EOVERFLOW -> "a queue holds 16384 frames at most";
      case Errno.EINVAL, Errno.ENOMEM ->
          "the program is no XDP program for CPUs (xdp/cpumap), or there is no memory for a queue";
      default -> null;
    };
  }

  private static boolean isSocketOf(int errno) {
    return isOneOf(
        errno,
        Errno.EINVAL,
        Errno.EBADF,
        Errno.ENOTSOCK,
        Errno.EPROTONOSUPPORT,
        Errno.EOPNOTSUPP,
        Errno.ESOCKTNOSUPPORT);
  }

  private static boolean isOneOf(int errno, int... numbers) {
    for (int number : numbers) {
      if (number == errno) {
        return true;
      }
    }
    return false;
  }
}
