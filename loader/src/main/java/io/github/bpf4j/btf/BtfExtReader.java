package io.github.bpf4j.btf;

import io.github.bpf4j.btf.BtfExt.Block;
import io.github.bpf4j.btf.BtfExt.Kind;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the blocks of {@code .BTF.ext} and hands their records to the checks.
 *
 * <pre>
 *   header: eb9f v f hdr_len │ func_info off, len │ line_info off, len │ core_relo off, len
 *   each part: record size │ section name, count, records │ section name, count, records │ ...
 * </pre>
 */
final class BtfExtReader {
  private static final int HEADER = 24;
  private static final int HEADER_WITH_RELOCATIONS = 32;

  private final ElfObject object;
  private final Btf btf;
  private final ByteBuffer data;
  private final int size;
  private final Place place;

  BtfExtReader(ElfObject object, ElfSection section, Btf btf) {
    this.object = object;
    this.btf = btf;
    this.data = object.data(section);
    this.size = data.capacity();
    this.place = object.place(section);
  }

  BtfExt read() {
    if (size < HEADER) {
      throw place.malformed(size + " bytes", "a header of " + HEADER);
    }
    if (Short.toUnsignedInt(data.getShort(0)) != BtfReader.MAGIC) {
      throw place.malformed(
          0,
          "it starts with " + Integer.toHexString(Short.toUnsignedInt(data.getShort(0))),
          "eb9f");
    }
    if (data.get(2) != 1 || data.get(3) != 0) {
      throw place.malformed(2, "version " + data.get(2) + ", flags " + data.get(3), "1 and 0");
    }
    long header = Integer.toUnsignedLong(data.getInt(4));
    if (header < HEADER || header > size) {
      throw place.malformed(4, "a header of " + header + " bytes", HEADER + " to " + size);
    }
    boolean relocations = header >= HEADER_WITH_RELOCATIONS;
    return new BtfExt(
        part((int) header, 8, Kind.FUNCTION),
        part((int) header, 16, Kind.LINE),
        relocations ? part((int) header, 24, Kind.RELOCATION) : List.of());
  }

  private List<Block> part(int header, int at, Kind kind) {
    long from = header + Integer.toUnsignedLong(data.getInt(at));
    long length = Integer.toUnsignedLong(data.getInt(at + 4));
    if (length == 0) {
      return List.of();
    }
    if (from + length > size || from % Integer.BYTES != 0 || length < Integer.BYTES) {
      throw place.malformed(
          at,
          kind.label() + " from " + from + " to " + (from + length),
          "at a multiple of 4 inside the " + size + " bytes");
    }
    int recordSize = data.getInt((int) from);
    if (recordSize < kind.words() * Integer.BYTES
        || recordSize % Integer.BYTES != 0
        || recordSize > size) {
      throw place.malformed(
          from,
          kind.label() + " records of " + Integer.toUnsignedString(recordSize) + " bytes",
          "a multiple of 4 from " + kind.words() * Integer.BYTES);
    }
    return blocks((int) from + Integer.BYTES, (int) (from + length), kind, recordSize);
  }

  private List<Block> blocks(int from, int end, Kind kind, int recordSize) {
    BtfExtCheck check = new BtfExtCheck(object, btf, data, place);
    List<Block> blocks = new ArrayList<>();
    int at = from;
    while (at < end) {
      if (end - at < 2 * Integer.BYTES) {
        throw place.malformed(at, (end - at) + " bytes of " + kind.label(), "8 or more");
      }
      int name = data.getInt(at);
      if (!btf.strings().contains(name)) {
        throw place.malformed(
            at,
            "a section name at " + Integer.toUnsignedString(name),
            "inside the strings, below " + btf.strings().size());
      }
      long count = Integer.toUnsignedLong(data.getInt(at + 4));
      int room = (end - at - 2 * Integer.BYTES) / recordSize;
      if (count == 0 || count > room) {
        throw place.malformed(
            at + 4L, count + " records of " + kind.label(), "1 to the " + room + " that fit");
      }
      Block block = new Block(kind, btf.strings().at(name), at + 8, (int) count, recordSize);
      check.check(block);
      blocks.add(block);
      at = block.at(block.count(), 0);
    }
    return blocks;
  }
}
