package io.github.bpf4j.samples.report;

import io.github.bpf4j.samples.cli.OutputClosedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes on their way to a stream; used again and again, so that reporting leaves no garbage. */
final class AsciiBuffer {
  private static final int LONGEST_NUMBER = 20;

  private final byte[] digits = new byte[LONGEST_NUMBER];
  private byte[] bytes = new byte[4096];
  private int length;

  /** Appends characters of ASCII. */
  AsciiBuffer text(String ascii) {
    ensure(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Appends any text; allocates. */
  AsciiBuffer utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ensure(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
    return this;
  }

  /** Appends a number of 0 or more, filled up on the left with blanks. */
  AsciiBuffer number(long value, int width) {
    int first = LONGEST_NUMBER;
    long rest = value;
    do {
      digits[--first] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    int size = LONGEST_NUMBER - first;
    blanks(width - size);
    ensure(size);
    System.arraycopy(digits, first, bytes, length, size);
    length += size;
    return this;
  }

  /** Appends blanks; none for a negative number of them. */
  AsciiBuffer blanks(int count) {
    ensure(Math.max(count, 0));
    for (int i = 0; i < count; i++) {
      bytes[length++] = ' ';
    }
    return this;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** Writes what was appended, in one call, and starts anew. */
  void writeTo(OutputStream out) {
    try {
      if (length > 0) {
        out.write(bytes, 0, length);
        out.flush();
      }
    } catch (IOException e) {
      throw OutputClosedException.of(e);
    } finally {
      length = 0;
    }
  }
}
