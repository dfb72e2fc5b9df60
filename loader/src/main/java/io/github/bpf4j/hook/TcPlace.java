package io.github.bpf4j.hook;

import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.TcFilters;
import io.github.bpf4j.libbpf.TcFilters.Place;

/**
 * A filter of traffic control.
 *
 * @param point with the priority and handle that the kernel gave
 */
record TcPlace(TcAttachPoint point, Place place) implements HookAttached.Place {
  @Override
  public boolean detach(ProgramHandle program) {
    return TcHook.detach(point.device(), point.parent(), place, program.id());
  }

  @Override
  public boolean holds(ProgramHandle program) {
    return TcHook.programOf(point.device(), point.parent(), place).orElse(0) == program.id();
  }

  @Override
  public void replace(ProgramHandle program, ProgramHandle next) {
    TcAttachPoint expecting = point.replacing(program.id());
    TcFailure.requireReplaceable(next, expecting);
    int result = TcFilters.attach(point.device().index(), point.parent(), next.fd(), true, place);
    if (result < 0) {
      throw TcFailure.attaching(next, expecting, -result);
    }
  }

  @Override
  public void close() {
    // Nothing was opened.
  }

  @Override
  public String toString() {
    return point.toString();
  }
}
