package io.github.bpf4j.hook;

import io.github.bpf4j.libbpf.LinkHandle;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.net.NetworkNamespace;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Held by the hook itself, whether or not this process lives: XDP by netlink, filters of TC, and
 * what {@code BPF_PROG_ATTACH} put on a hook. An ifindex means something in its own network
 * namespace only, so all that is asked of the kernel is asked in the one where it was attached,
 * whichever thread asks.
 */
final class HookAttached implements Attached {
  private final Place place;
  private final NetworkNamespace home = NetworkNamespace.current();
  private final Thread attacher = Thread.currentThread();
  private ProgramHandle program;

  /** Where on a hook: all that differs between hooks. */
  interface Place extends AutoCloseable {
    /** Removes the program if it is there; false when it is not. */
    boolean detach(ProgramHandle program);

    /** Whether the program is there. */
    boolean holds(ProgramHandle program);

    /** Puts the next program in the place of this one, if it is there. */
    void replace(ProgramHandle program, ProgramHandle next);

    /** Gives up what was opened for it. */
    @Override
    void close();
  }

  /** Takes over one user of the program's lease. */
  HookAttached(ProgramHandle program, Place place) {
    this.program = program;
    this.place = place;
  }

  @Override
  public boolean detach() {
    return atHome(() -> place.detach(program));
  }

  @Override
  public boolean isAttached() {
    return atHome(() -> place.holds(program));
  }

  @Override
  public void update(ProgramHandle next) {
    next.lease().acquire();
    ProgramHandle unused = next;
    try {
      next.markOnce(Processes::self);
      atHome(
          () -> {
            place.replace(program, next);
            return true;
          });
      unused = program;
      program = next;
    } finally {
      unused.lease().release();
    }
  }

  // The thread that attached is at home, and asking who is would allocate at each poll.
  private boolean atHome(Supplier<Boolean> question) {
    boolean there = Thread.currentThread().equals(attacher) || home.isCurrent();
    return there ? question.get() : home.callUnchecked(question);
  }

  @Override
  public boolean isHeldByHook() {
    return true;
  }

  @Override
  public Optional<LinkHandle> link() {
    return Optional.empty();
  }

  @Override
  public void markOwner() {
    program.markOnce(Processes::self);
  }

  @Override
  public void markLeft() {
    program.markLeft();
  }

  @Override
  public void release() {
    home.close();
    place.close();
    program.lease().release();
  }

  @Override
  public String describe() {
    return program.name() + " on " + place;
  }
}
