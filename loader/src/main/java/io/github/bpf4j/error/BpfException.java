package io.github.bpf4j.error;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that libbpf or the kernel refused. The message's first line is a whole sentence with
 * the reason and the way out; what libbpf said follows, a line each.
 *
 * <p>Subclasses tell apart what a program can react to: {@link BpfPermissionException}, {@link
 * BpfUnsupportedException}, {@link BpfVerifierException}, {@link BpfObjectFormatException}, {@link
 * BpfBindException}. Wrong use of the API (a closed object, a segment of the wrong size) is an
 * {@code IllegalStateException} or {@code IllegalArgumentException} instead.
 */
public class BpfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Not for serialization: an exception that crosses processes keeps its message.
  private final transient Failure failure;

  public BpfException(Failure failure) {
    super(message(failure));
    this.failure = failure;
  }

  /**
   * @param details lines that follow in the message, as they are; may be empty
   */
  BpfException(Failure failure, String details) {
    super(details.isEmpty() ? message(failure) : message(failure) + "\n" + details);
    this.failure = failure;
  }

  private static String message(Failure failure) {
    StringBuilder text = new StringBuilder(failure.sentence());
    failure.log().forEach(line -> text.append("\n  libbpf: ").append(Failure.printable(line)));
    return text.toString();
  }

  /** What was tried, a verb such as {@code "attach"}. */
  public final String operation() {
    return failure.operation();
  }

  /** What it was tried on. */
  public final String subject() {
    return failure.subject();
  }

  /** The kernel's error number, positive; empty when no system call is to blame. */
  public final OptionalInt errno() {
    return failure.errno() == 0 ? OptionalInt.empty() : OptionalInt.of(failure.errno());
  }

  /** One line: what failed, why, and the way out. */
  public final String sentence() {
    return failure.sentence();
  }

  /**
   * The same line with another way out, for a program whose users know it by another name, such as
   * an option.
   */
  public final String sentence(String wayOut) {
    return failure.hint(wayOut).sentence();
  }

  /** The way out, where one is known. */
  public final Optional<String> hint() {
    return Optional.ofNullable(failure.hint());
  }

  /** What libbpf said on this thread during the operation, oldest line first. */
  public final List<String> log() {
    return failure.log();
  }
}
