package io.github.bpf4j.hook;

import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcAttachment;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.Results;
import io.github.bpf4j.libbpf.TcFilters;
import io.github.bpf4j.libbpf.TcFilters.Filter;
import io.github.bpf4j.libbpf.TcFilters.Place;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Filters of traffic control. */
public final class TcHook {
  private TcHook() {}

  static Attached attach(ProgramHandle program, TcAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.SCHED_CLS, BpfProgramType.SCHED_ACT);
    boolean replaces = point.replacesAny() || point.replaced().isPresent();
    if (replaces && (point.priority() == 0 || point.handle() == 0)) {
      throw new IllegalArgumentException(
          "to replace a filter takes its priority and its handle: " + point);
    }
    return point.device().callThere(() -> attachHere(program, point, replaces));
  }

  private static Attached attachHere(ProgramHandle program, TcAttachPoint point, boolean replaces) {
    int ifindex = point.device().index();
    if (isClsact(point.parent())) {
      int created = TcFilters.createQdisc(ifindex);
      if (created < 0 && created != -Errno.EEXIST) {
        throw TcFailure.attaching(program, point, -created);
      }
    }
    if (point.replaced().isPresent()) {
      TcFailure.requireReplaceable(program, point);
    }
    program.markOnce(Processes::self);
    Place place = new Place(point.priority(), point.handle());
    int result = TcFilters.attach(ifindex, point.parent(), program.fd(), replaces, place);
    if (result < 0) {
      throw TcFailure.attaching(program, point, -result);
    }
    return new HookAttached(
        program, new TcPlace(point.priority(place.priority()).handle(place.handle()), place));
  }

  private static boolean isClsact(int parent) {
    return parent == TcDirection.INGRESS.parent() || parent == TcDirection.EGRESS.parent();
  }

  /** The BPF filters of a hook, in the order in which they run. */
  public static List<TcAttachment> query(NetworkDevice device, int parent) {
    return device.callThere(() -> query(device, parent, new Owners()));
  }

  static List<TcAttachment> query(NetworkDevice device, int parent, Owners owners) {
    return filters(device, parent).stream()
        .filter(filter -> filter.programId() != 0)
        .map(filter -> describe(device, filter, owners))
        .toList();
  }

  static List<Filter> filters(NetworkDevice device, int parent) {
    List<Filter> filters = new ArrayList<>();
    int result = TcFilters.list(device.index(), parent, filters);
    if (result < 0) {
      throw Results.failed("query", "TC on " + device, -result);
    }
    if (!device.exists()) {
      throw new BpfException(
          Failure.of("query", "TC on " + device, Errno.ENODEV)
              .because("interface " + device + " (index " + device.index() + ") is gone"));
    }
    return filters;
  }

  static TcAttachment describe(NetworkDevice device, Filter filter, Owners owners) {
    return new TcAttachment(
        device,
        filter.parent(),
        filter.chain(),
        filter.priority(),
        filter.handle(),
        owners.of(filter.programId(), 0));
  }

  /**
   * Removes what {@link #query} found, if that very program is still there.
   *
   * @return false when it is gone or replaced
   */
  public static boolean detach(TcAttachment found) {
    if (found.chain() != 0) {
      throw new BpfException(
          Failure.of("detach", found.describe(), "libbpf removes filters of chain 0 only: use tc"));
    }
    return found
        .device()
        .callThere(
            () ->
                detach(
                    found.device(),
                    found.parent(),
                    new Place(found.priority(), found.handle()),
                    found.program().id()));
  }

  static boolean detach(NetworkDevice device, int parent, Place place, int programId) {
    if (programOf(device, parent, place).orElse(0) != programId) {
      return false;
    }
    int result = TcFilters.detach(device.index(), parent, place);
    if (result == -Errno.ENOENT || result == -Errno.ENODEV) {
      return false; // gone in between
    }
    if (result < 0) {
      throw Results.failed("detach", "the filter from " + device, -result);
    }
    return true;
  }

  /** The program at a place; empty when there is none, or neither qdisc nor device. */
  static Optional<Integer> programOf(NetworkDevice device, int parent, Place place) {
    int result = TcFilters.programOf(device.index(), parent, place);
    return result > 0 ? Optional.of(result) : Optional.empty();
  }
}
