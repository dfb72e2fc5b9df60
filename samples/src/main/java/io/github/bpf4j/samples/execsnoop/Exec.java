package io.github.bpf4j.samples.execsnoop;

import io.github.bpf4j.codec.CName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code struct exec} of {@code execsnoop.bpf.c}: a program that begins.
 *
 * @param parent the process that began it
 * @param argumentBytes of all arguments, which may be more than came
 * @param comm the name of the thread, at most 15 bytes of it
 * @param file what was executed, as its path was given
 * @param argumentText the arguments that came, each with a NUL behind it, and then anything
 */
@SuppressWarnings("ArrayRecordComponent") // none is compared with another
record Exec(
    int pid,
    int parent,
    long uid,
    @CName("argument_bytes") long argumentBytes,
    String comm,
    String file,
    @CName("arguments") byte[] argumentText) {

  /** Whether some did not fit. */
  boolean isCut() {
    return argumentBytes > argumentText.length;
  }

  /** The arguments, with the name of the program as the first; the last one may be cut. */
  List<String> arguments() {
    int length = (int) Math.min(argumentBytes, argumentText.length);
    String text = new String(argumentText, 0, length, StandardCharsets.UTF_8);
    if (text.endsWith("\0")) {
      text = text.substring(0, text.length() - 1);
    }
    return length == 0 ? List.of() : List.of(text.split("\0", -1));
  }
}
