package io.github.bpf4j.libbpf;

import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.OwnerMark.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link OwnerMark} that this process puts on one program. Its map stays open as long as the
 * object: to find it again by its id would take CAP_SYS_ADMIN.
 *
 * <p>A kernel that takes no mark (before 5.10) is no reason to fail.
 */
final class ProgramMark implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgramMark.class);

  private @Nullable Owner owner;
  private @Nullable Fd map;

  /** Puts it on, the first time. */
  synchronized void putOnce(int programFd, String subject, Supplier<Owner> process) {
    if (owner != null) {
      return;
    }
    Owner self = process.get();
    owner = self;
    int fd = OwnerMark.put(programFd, self);
    if (fd < 0) {
      LOG.debug("{} bears no mark: {}", subject, Errno.describe(-fd));
    } else {
      map = new Fd(fd, "the mark of " + subject);
    }
  }

  /** Says in it that the program was left on purpose; of one that bears none, nothing. */
  synchronized void leave(String subject) {
    if (owner == null || map == null) {
      return;
    }
    int result = OwnerMark.write(map.number(), owner.leaving());
    if (result < 0) {
      LOG.debug("the mark of {} cannot be written: {}", subject, Errno.describe(-result));
    }
  }

  @Override
  public synchronized void close() {
    if (map != null) {
      map.close();
    }
  }
}
