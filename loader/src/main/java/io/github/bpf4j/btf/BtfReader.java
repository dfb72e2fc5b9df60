package io.github.bpf4j.btf;

import io.github.bpf4j.elf.Place;
import io.github.bpf4j.elf.StringTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds where the types start and hands them to the checks.
 *
 * <pre>
 *   0      2  3  4        8         12        16       20       24
 *   | eb9f |v |f | hdr_len| type_off| type_len| str_off| str_len| types ... strings
 *                                                                ^ hdr_len: offsets count from here
 * </pre>
 */
final class BtfReader {
  static final int MAGIC = 0xeb9f;

  private static final int HEADER = 24;
  private static final int TYPE = 12;

  private final byte[] bytes;
  private final int start;
  private final int size;
  private final ByteBuffer data;
  private final Place place;

  BtfReader(byte[] bytes, int start, int size, ByteOrder order, Place place) {
    this.bytes = bytes;
    this.start = start;
    this.size = size;
    this.data = ByteBuffer.wrap(bytes, start, size).slice().order(order);
    this.place = place;
  }

  Btf read() {
    if (size < HEADER) {
      throw place.malformed(size + " bytes", "a header of " + HEADER);
    }
    if (Short.toUnsignedInt(data.getShort(0)) != MAGIC) {
      throw place.malformed(
          0,
          "it starts with " + Integer.toHexString(Short.toUnsignedInt(data.getShort(0))),
          "eb9f");
    }
    if (data.get(2) != 1) {
      throw place.malformed(2, "version " + data.get(2), "1");
    }
    long header = Integer.toUnsignedLong(data.getInt(4));
    if (header < HEADER || header > size) {
      throw place.malformed(4, "a header of " + header + " bytes", HEADER + " to " + size);
    }
    int types = part((int) header, 8, "types");
    int strings = part((int) header, 16, "strings");
    int typesEnd = types + data.getInt(12);
    if (types % Integer.BYTES != 0) {
      throw place.malformed(8, "types at " + types, "at a multiple of 4");
    }
    if (typesEnd > strings) {
      throw place.malformed(12, "types up to " + typesEnd, "before the strings at " + strings);
    }
    StringTable names = StringTable.of(bytes, start + strings, data.getInt(20), place);
    if (bytes[start + strings] != 0) {
      throw place.malformed(strings, "the first string is " + names.at(0), "empty");
    }
    Btf btf = new Btf(data, starts(types, typesEnd), names);
    new BtfCheck(btf, place).check();
    return btf;
  }

  /** Where a part starts that the header describes by offset and length. */
  private int part(int header, int at, String what) {
    long from = header + Integer.toUnsignedLong(data.getInt(at));
    long length = Integer.toUnsignedLong(data.getInt(at + 4));
    if (from + length > size) {
      throw place.malformed(
          at, what + " from " + from + " to " + (from + length), "inside the " + size + " bytes");
    }
    return (int) from;
  }

  private int[] starts(int from, int to) {
    // A type takes 12 bytes or more, so that the file bounds what is allocated.
    int[] starts = new int[(to - from) / TYPE + 1];
    int count = 1;
    int at = from;
    while (at < to) {
      int next = next(at, to, count);
      starts[count++] = at;
      at = next;
    }
    return Arrays.copyOf(starts, count);
  }

  private int next(int at, int end, int id) {
    if (end - at < TYPE) {
      throw place.malformed(at, "type " + id + " of " + (end - at) + " bytes", "of 12 or more");
    }
    int info = data.getInt(at + 4);
    int kind = info >>> 24 & 0x1f;
    if (kind == 0 || kind >= BtfKind.count()) {
      throw place.malformed(
          at + 4L, "type " + id + " of kind " + kind, "one of 1 to " + (BtfKind.count() - 1));
    }
    BtfKind known = BtfKind.of(kind);
    int length = TYPE + known.extra() + (info & 0xffff) * known.entry();
    if (length > end - at) {
      throw place.malformed(
          at,
          "type " + id + ", " + known + " of " + length + " bytes",
          "within the " + (end - at) + " that are left");
    }
    return at + length;
  }
}
