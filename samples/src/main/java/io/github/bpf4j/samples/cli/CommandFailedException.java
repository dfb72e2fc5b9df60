package io.github.bpf4j.samples.cli;

/** A command cannot go on, for a reason that is no error of the kernel's; one sentence. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailedException(String sentence) {
    super(sentence);
  }

  /** One that has a cause; {@code --verbose} prints what that has to say. */
  public CommandFailedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
