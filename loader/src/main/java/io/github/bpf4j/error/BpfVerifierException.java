package io.github.bpf4j.error;

import io.github.bpf4j.uapi.VerifierStatistics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's verifier refused a program.
 *
 * <p>The message holds the verifier's reason and, where the object carries BTF line information,
 * the source line that it complains about; {@link #verifierLog()} is the whole log.
 */
public final class BpfVerifierException extends BpfException {
  private static final long serialVersionUID = 1L;

  private final String verifierLog;
  private final @Nullable String sourceLine;

  /**
   * @param failure what failed; its reason is the verifier's
   * @param verifierLog the whole log
   * @param sourceLine the line of C that the verifier complains about, or null
   */
  @SuppressWarnings("exports") // @Nullable is for compilers: nobody needs it at run time
  public BpfVerifierException(Failure failure, String verifierLog, @Nullable String sourceLine) {
    super(failure);
    this.verifierLog = verifierLog;
    this.sourceLine = sourceLine;
  }

  /** The whole log, as the kernel wrote it: lines that end in {@code '\n'}. */
  public String verifierLog() {
    return verifierLog;
  }

  /**
   * How far the verifier came. Of the stack it tells only when {@code OpenBpfProgram.verifierLog}
   * asked for it.
   *
   * @return empty when it refused the program before it walked through it
   */
  public Optional<VerifierStatistics> statistics() {
    return VerifierStatistics.of(verifierLog);
  }

  /** The line of C that the verifier complains about; empty without BTF line information. */
  public Optional<String> sourceLine() {
    return Optional.ofNullable(sourceLine);
  }
}
