package io.github.bpf4j.error;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, in the parts that every {@link BpfException} carries.
 *
 * <pre>
 *   cannot attach xdp_prog1 to lo: Operation not supported (EOPNOTSUPP, 95); try skb mode (-S)
 *          ^^^^^^ ^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^  ^^^^^^^^^^^^^^^^^
 *       operation subject          reason (of the errno, or words)             hint
 * </pre>
 *
 * @param operation a verb: what was tried
 * @param subject what it was tried on
 * @param errno the positive error number, 0 when no system call is to blame
 * @param reason words in place of the errno's own text, or null
 * @param log what libbpf said on this thread during the operation, oldest first
 * @param hint the way out, or null when none is known to be true
 */
@SuppressWarnings("exports") // @Nullable is for compilers: nobody needs it at run time
public record Failure(
    String operation,
    String subject,
    int errno,
    @Nullable String reason,
    List<String> log,
    @Nullable String hint) {

  public Failure {
    log = List.copyOf(log);
  }

  /** A failure that an errno explains. */
  public static Failure of(String operation, String subject, int errno) {
    return new Failure(operation, subject, errno, null, List.of(), null);
  }

  /** A failure that words explain. */
  public static Failure of(String operation, String subject, String reason) {
    return new Failure(operation, subject, 0, reason, List.of(), null);
  }

  /** The same with the reason in words; the errno stays. */
  public Failure because(String words) {
    return new Failure(operation, subject, errno, words, log, hint);
  }

  /** The same with a way out. */
  public Failure hint(@Nullable String wayOut) {
    return new Failure(operation, subject, errno, reason, log, wayOut);
  }

  /** The same with libbpf's lines. */
  public Failure log(List<String> lines) {
    return new Failure(operation, subject, errno, reason, lines, hint);
  }

  /**
   * One line: what failed, why, and the way out. Control characters of names are shown as numbers.
   */
  public String sentence() {
    StringBuilder text = new StringBuilder("cannot ").append(operation);
    if (!subject.isEmpty()) {
      text.append(' ').append(subject);
    }
    text.append(": ");
    if (reason == null) {
      text.append(Errno.describe(errno));
    } else {
      text.append(reason);
      if (errno != 0) {
        text.append(" (").append(Errno.name(errno)).append(')');
      }
    }
    if (hint != null) {
      text.append("; ").append(hint);
    }
    return printable(text.toString());
  }

  /**
   * Text as it can be shown on one line. Names in an object are whatever its maker wrote: a control
   * character among them could begin a line of its own or command a terminal.
   */
  static String printable(String text) {
    if (text.codePoints().allMatch(Failure::isPrintable)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isPrintable(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
              }
            });
    return shown.toString();
  }

  private static boolean isPrintable(int c) {
    return c == '\t' || !(Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }
}
