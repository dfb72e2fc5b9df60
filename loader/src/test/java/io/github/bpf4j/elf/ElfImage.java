package io.github.bpf4j.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfObjectFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.function.Executable;

/** The bytes of an object, to be overwritten field by field. */
public final class ElfImage {
  /** Fields of the ELF header. */
  public static final int SECTION_TABLE = 40;

  public static final int SECTION_COUNT = 60;
  public static final int NAMES_INDEX = 62;

  /** Fields of a section header. */
  public static final int NAME = 0;

  public static final int TYPE = 4;
  public static final int FLAGS = 8;
  public static final int OFFSET = 24;
  public static final int SIZE = 32;
  public static final int LINK = 40;
  public static final int INFO = 44;
  public static final int ENTRY_SIZE = 56;

  private static final int HEADER = 64;

  private final byte[] bytes;
  private final ByteBuffer buffer;

  public ElfImage(byte[] bytes, ByteOrder order) {
    this.bytes = bytes;
    this.buffer = ByteBuffer.wrap(bytes).order(order);
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Where a field of a section's header is in the file. */
  public int header(int section, int field) {
    return (int) buffer.getLong(SECTION_TABLE) + section * HEADER + field;
  }

  /** Where a byte of a section is in the file. */
  public int contents(int section, int offset) {
    return (int) buffer.getLong(header(section, OFFSET)) + offset;
  }

  public int size(int section) {
    return (int) buffer.getLong(header(section, SIZE));
  }

  public int getInt(int at) {
    return buffer.getInt(at);
  }

  public ElfImage putByte(int at, int value) {
    buffer.put(at, (byte) value);
    return this;
  }

  public ElfImage putShort(int at, int value) {
    buffer.putShort(at, (short) value);
    return this;
  }

  public ElfImage putInt(int at, int value) {
    buffer.putInt(at, value);
    return this;
  }

  public ElfImage putLong(int at, long value) {
    buffer.putLong(at, value);
    return this;
  }

  /** The same with more zeros at its end, or less bytes. */
  public ElfImage resized(int length) {
    return new ElfImage(Arrays.copyOf(bytes, length), buffer.order());
  }

  public ElfObject parse() {
    return ElfObject.parse(bytes, "some.o");
  }

  /** Checks that reading it is refused with a sentence that has all these parts. */
  public void refused(String... parts) {
    refuses(this::parse, parts);
  }

  /** Checks that something is refused, by one sentence that names the object and has all parts. */
  public static void refuses(Executable code, String... parts) {
    String sentence = assertThrows(BpfObjectFormatException.class, code).sentence();
    assertEquals(1, sentence.lines().count());
    assertTrue(sentence.startsWith("cannot open some.o: "), sentence);
    for (String part : parts) {
      assertTrue(sentence.contains(part), sentence + " lacks: " + part);
    }
  }
}
