package io.github.bpf4j.hook;

import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.TcFilters.Filter;
import java.util.List;
import java.util.Optional;

/** Says why traffic control refused, and names the owner when a place is taken. */
final class TcFailure {
  private TcFailure() {}

  static BpfException attaching(ProgramHandle program, TcAttachPoint point, int errno) {
    BpfException plain = Hook.refused(program, point, errno);
    Failure failure = Failure.of(plain.operation(), plain.subject(), errno).log(plain.log());
    if (errno == Errno.ENODEV || !point.device().exists()) {
      return new BpfException(
          failure.because(
              "interface " + point.device() + " (index " + point.device().index() + ") is gone"));
    }
    Optional<Filter> other = at(point);
    if (errno == Errno.EEXIST && other.isPresent()) {
      return new BpfException(
          failure
              .because(point.device() + " already has " + describe(point, other.get()))
              .hint("another priority or handle is free; replacingAny() replaces it"));
    }
    if (errno == Errno.EINVAL) {
      Optional<Filter> foreign = otherKind(point);
      if (foreign.isPresent()) {
        return new BpfException(
            failure.because(
                "priority "
                    + point.priority()
                    + " is taken by a filter of kind "
                    + foreign.get().kind()));
      }
    }
    return plain;
  }

  /** Refuses when the only program that may be replaced is not there. */
  static void requireReplaceable(ProgramHandle program, TcAttachPoint point) {
    int wanted = point.replaced().orElseThrow();
    Optional<Filter> other = at(point);
    if (other.isPresent() && other.get().programId() == wanted) {
      return;
    }
    throw new BpfException(
        Failure.of("attach", program.name() + " to " + point, Errno.ENOENT)
            .because(
                "program "
                    + wanted
                    + ", which it was to replace, is not there: "
                    + other.map(filter -> describe(point, filter)).orElse("nothing")
                    + " is"));
  }

  private static String describe(TcAttachPoint point, Filter filter) {
    return filter.programId() == 0
        ? "a filter of kind " + filter.kind()
        : TcHook.describe(point.device(), filter, new Owners()).describe();
  }

  private static Optional<Filter> at(TcAttachPoint point) {
    return filters(point).stream().filter(filter -> filter.handle() == point.handle()).findFirst();
  }

  private static Optional<Filter> otherKind(TcAttachPoint point) {
    return filters(point).stream().filter(filter -> !filter.kind().equals("bpf")).findFirst();
  }

  private static List<Filter> filters(TcAttachPoint point) {
    return TcHook.filters(point.device(), point.parent()).stream()
        .filter(filter -> filter.chain() == 0 && filter.priority() == point.priority())
        .toList();
  }
}
