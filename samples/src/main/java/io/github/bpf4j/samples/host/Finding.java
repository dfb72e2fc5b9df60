package io.github.bpf4j.samples.host;

/**
 * What was found out about one thing.
 *
 * @param subject such as {@code "bpffs"}
 * @param state whether it will do
 * @param words how it is
 * @param wayOut what to do about it, often a command; empty when there is nothing to do
 */
record Finding(String subject, State state, String words, String wayOut) {
  enum State {
    OK,
    /** It will do; something about it is worth knowing. */
    NOTE,
    /** Something will not work. */
    MISSING
  }

  static Finding ok(String subject, String words) {
    return new Finding(subject, State.OK, words, "");
  }

  static Finding note(String subject, String words, String wayOut) {
    return new Finding(subject, State.NOTE, words, wayOut);
  }

  static Finding missing(String subject, String words, String wayOut) {
    return new Finding(subject, State.MISSING, words, wayOut);
  }
}
