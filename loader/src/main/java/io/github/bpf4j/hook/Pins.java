package io.github.bpf4j.hook;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.LinkHandle;
import io.github.bpf4j.libbpf.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Links in bpffs. */
public final class Pins {
  private Pins() {}

  /** Pins a link; folders on the way are made. */
  public static void make(LinkHandle link, String name, Path path) {
    Path folder = path.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failed("pin", name + " at " + path, e);
    }
    int result = link.pin(path.toString());
    if (result < 0) {
      throw refused(name + " at " + path, -result);
    }
  }

  private static BpfException refused(String subject, int errno) {
    Failure failure = Failure.of("pin", subject, errno);
    return switch (errno) {
      case Errno.EEXIST -> new BpfException(failure.because("something is pinned there already"));
      // The kernel says so of any other file system.
      case Errno.EPERM ->
          new BpfException(failure.because("it is not in bpffs").hint("bpffs is /sys/fs/bpf"));
      default -> Results.failed("pin", subject, errno);
    };
  }

  /** Removes a pin; one that is gone already is no error. */
  public static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failed("unpin", path.toString(), e);
    }
  }

  private static BpfException failed(String operation, String subject, IOException cause) {
    BpfException exception =
        new BpfException(Failure.of(operation, subject, String.valueOf(cause.getMessage())));
    exception.initCause(cause);
    return exception;
  }
}
