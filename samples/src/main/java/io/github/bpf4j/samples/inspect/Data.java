package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.samples.cli.CommandFailedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of a key or a value on the command line, as bpftool takes them: {@code 1 0 0 0}, {@code
 * 0x01 0x00}, or {@code hex 01 00}. One number alone stands for a whole key or value of 1, 2, 4 or
 * 8 bytes, in this machine's byte order.
 */
final class Data {
  private static final int OCTAL = 8;
  private static final int DECIMAL = 10;
  private static final int HEXADECIMAL = 16;
  private static final int MOST = 255;

  private Data() {}

  /**
   * Reads words.
   *
   * @param what what they are for: "key" or "value"
   * @param size the bytes that it takes
   * @throws CommandFailedException when they are not bytes, or not so many
   */
  static byte[] parse(String what, List<String> words, int size) {
    boolean hex = !words.isEmpty() && words.getFirst().equals("hex");
    List<String> numbers = hex ? words.subList(1, words.size()) : words;
    if (numbers.size() == 1 && size != 1) {
      return number(what, numbers.getFirst(), hex, size);
    }
    if (numbers.size() != size) {
      throw failed(
          what, numbers.size() + (numbers.size() == 1 ? " was" : " were") + " given", size);
    }
    List<Byte> bytes = new ArrayList<>();
    for (String number : numbers) {
      long value = parse(what, number, hex, size);
      if (value < 0 || value > MOST) {
        throw failed(what, "'" + number + "' is no byte", size);
      }
      bytes.add((byte) value);
    }
    byte[] data = new byte[size];
    for (int i = 0; i < size; i++) {
      data[i] = bytes.get(i);
    }
    return data;
  }

  private static byte[] number(String what, String word, boolean hex, int size) {
    if (size != Short.BYTES && size != Integer.BYTES && size != Long.BYTES) {
      throw failed(what, "1 was given", size);
    }
    long value = parse(what, word, hex, size);
    int unused = Long.SIZE - size * Byte.SIZE;
    boolean fits = value << unused >> unused == value || value << unused >>> unused == value;
    if (!fits) {
      throw failed(what, "'" + word + "' is too large", size);
    }
    byte[] all =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(value).array();
    int first = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : Long.BYTES - size;
    byte[] data = new byte[size];
    System.arraycopy(all, first, data, 0, size);
    return data;
  }

  private static long parse(String what, String word, boolean hex, int size) {
    try {
      if (hex) {
        return Long.parseUnsignedLong(word.replaceFirst("^0[xX]", ""), HEXADECIMAL);
      }
      return word.startsWith("-") ? Long.decode(word) : unsigned(word);
    } catch (NumberFormatException e) {
      throw failed(what, "'" + word + "' is no number", size);
    }
  }

  /** As C reads numbers: 0x in front means hexadecimal, 0 octal. */
  private static long unsigned(String word) {
    if (word.startsWith("0x") || word.startsWith("0X")) {
      return Long.parseUnsignedLong(word.substring(2), HEXADECIMAL);
    }
    return Long.parseUnsignedLong(word, word.startsWith("0") ? OCTAL : DECIMAL);
  }

  private static CommandFailedException failed(String what, String found, int size) {
    return new CommandFailedException(
        "cannot read the %s: it takes %d bytes, %s".formatted(what, size, found));
  }
}
