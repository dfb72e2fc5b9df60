package io.github.bpf4j.hook;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.LinkHandle;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.Results;
import io.github.bpf4j.uapi.LinkInfo;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Held by a link: gone when its last descriptor is closed and nothing pins it. */
public final class LinkAttached implements Attached {
  private final LinkHandle link;
  private final String where;
  private Lender lender;
  private boolean marked;

  /** What is attached and has to stay open as long as it is: a program, or a struct_ops map. */
  private record Lender(String name, @Nullable ProgramHandle program, Runnable release) {}

  /** Takes over one user of the program's lease. */
  LinkAttached(ProgramHandle program, String where, LinkHandle link) {
    this.link = link;
    this.where = where;
    this.lender = lender(program);
  }

  /** Something else than a program of this process. */
  LinkAttached(String name, String where, LinkHandle link, Runnable release) {
    this.link = link;
    this.where = where;
    this.lender = new Lender(name, null, release);
  }

  private static Lender lender(ProgramHandle program) {
    return new Lender(program.name(), program, program.lease()::release);
  }

  /** A link that somebody pinned. */
  public static LinkAttached pinned(LinkHandle link, Path path) {
    try {
      LinkInfo info = link.info();
      String name = info.programId() == 0 ? "link " + info.id() : "program " + info.programId();
      return new LinkAttached(name, info.type() + " link pinned at " + path, link, () -> {});
    } catch (RuntimeException | Error e) {
      link.close();
      throw e;
    }
  }

  @Override
  public boolean detach() {
    boolean attached = isAttached();
    if (attached && link.isBpfLink()) {
      // Closing is not enough when somebody pinned the link or holds it open. Kinds that cannot be
      // detached otherwise end with their last descriptor.
      int result = link.detach();
      if (result < 0 && result != -Errno.EOPNOTSUPP && result != -Errno.EINVAL) {
        throw Results.failed("detach", describe(), -result);
      }
    }
    link.close();
    return attached;
  }

  @Override
  public boolean isAttached() {
    return !link.isBpfLink() || link.info().target().isThere();
  }

  @Override
  public void update(ProgramHandle next) {
    next.lease().acquire();
    boolean done = false;
    try {
      if (marked) {
        next.markOnce(Processes::self);
      }
      ProgramHandle expected = lender.program;
      int result =
          !link.isBpfLink()
              ? -Errno.EINVAL
              : expected == null ? link.update(next.fd()) : link.update(next.fd(), expected.fd());
      if (result < 0) {
        throw refused(next, -result);
      }
      done = true;
    } finally {
      (done ? lender.release : (Runnable) next.lease()::release).run();
    }
    lender = lender(next);
  }

  private BpfException refused(ProgramHandle next, int errno) {
    String subject = describe() + " to program " + next.name();
    return switch (errno) {
      case Errno.EINVAL, Errno.EOPNOTSUPP ->
          new BpfUnsupportedException(
              Failure.of("update", subject, errno)
                  .because(
                      "a link of this kind keeps its program, or the new one is of another type"));
      case Errno.EPERM ->
          new BpfException(
              Failure.of("update", subject, errno)
                  .because("somebody else put another program in its place"));
      case Errno.ENOLINK ->
          new BpfException(
              Failure.of("update", subject, errno).because("it is not attached any more"));
      default -> Results.failed("update", subject, errno);
    };
  }

  @Override
  public boolean isHeldByHook() {
    return false;
  }

  @Override
  public Optional<LinkHandle> link() {
    return link.isBpfLink() ? Optional.of(link) : Optional.empty();
  }

  @Override
  public void markOwner() {
    marked = true;
    if (lender.program != null) {
      lender.program.markOnce(Processes::self);
    }
  }

  @Override
  public void markLeft() {
    if (lender.program != null) {
      lender.program.markLeft();
    }
  }

  @Override
  public void release() {
    link.close();
    lender.release.run();
  }

  @Override
  public String describe() {
    return lender.name + " on " + where;
  }
}
