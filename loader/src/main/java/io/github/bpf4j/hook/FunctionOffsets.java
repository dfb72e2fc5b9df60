package io.github.bpf4j.hook;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where functions begin in the file of a program or library (ELF, 64 bits). libbpf finds them too,
 * but up to 1.8 it reports a list of functions as not found in every file that was stripped of its
 * {@code .symtab}, which is what distributions ship.
 *
 * <pre>
 *   symbol ─ name ─▶ string table
 *          ─ address − section's address + section's offset ─▶ offset in the file
 * </pre>
 */
final class FunctionOffsets {
  private static final int MAGIC = 0x464c457f;
  private static final int CLASS = 4;
  private static final int CLASS_64 = 2;
  private static final int DATA = 5;
  private static final int BIG_ENDIAN = 2;
  private static final int SECTIONS_AT = 0x28;
  private static final int SECTION_BYTES_AT = 0x3a;
  private static final int SECTION_COUNT_AT = 0x3c;
  private static final int SYMTAB = 2;
  private static final int DYNSYM = 11;
  private static final int SYMBOL_BYTES = 24;
  private static final int TYPE_MASK = 0xf;
  private static final int FUNCTION = 2;

  private record Section(int type, long address, long offset, long size, int link) {}

  private final ByteBuffer file;
  private final List<Section> sections;

  private FunctionOffsets(ByteBuffer file) {
    this.file = file;
    long start = file.getLong(SECTIONS_AT);
    int bytes = Short.toUnsignedInt(file.getShort(SECTION_BYTES_AT));
    int count = Short.toUnsignedInt(file.getShort(SECTION_COUNT_AT));
    this.sections =
        IntStream.range(0, count)
            .mapToObj(i -> section(Math.toIntExact(start + (long) i * bytes)))
            .toList();
  }

  private Section section(int at) {
    return new Section(
        file.getInt(at + 0x4),
        file.getLong(at + 0x10),
        file.getLong(at + 0x18),
        file.getLong(at + 0x20),
        file.getInt(at + 0x28));
  }

  /**
   * Finds functions.
   *
   * @return an offset for each, in their order
   * @throws BpfException when the file cannot be read, or has no function of one of the names
   */
  static List<Long> of(String path, List<String> functions) {
    Map<String, Long> found;
    try (FileChannel channel = FileChannel.open(Path.of(path))) {
      ByteBuffer file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      if (file.remaining() < 0x40
          || file.order(ByteOrder.LITTLE_ENDIAN).getInt(0) != MAGIC
          || file.get(CLASS) != CLASS_64) {
        throw unreadable(path, "it is no ELF file of 64 bits");
      }
      file.order(file.get(DATA) == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      found = new FunctionOffsets(file).find(new HashSet<>(functions));
    } catch (IOException e) {
      throw unreadable(path, "it cannot be read: " + e);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      throw unreadable(path, "its symbols are malformed");
    }
    for (String function : functions) {
      if (!found.containsKey(function)) {
        throw new BpfException(
            Failure.of("find", "function " + function + " in " + path, Errno.ENOENT));
      }
    }
    return functions.stream().map(found::get).toList();
  }

  private static BpfException unreadable(String path, String reason) {
    return new BpfException(Failure.of("find", "functions in " + path, reason));
  }

  private Map<String, Long> find(Set<String> wanted) {
    Map<String, Long> found = new HashMap<>();
    for (Section symbols : sections) {
      if (symbols.type != DYNSYM && symbols.type != SYMTAB) {
        continue;
      }
      long names = sections.get(symbols.link).offset;
      for (long at = symbols.offset; at < symbols.offset + symbols.size; at += SYMBOL_BYTES) {
        int symbol = Math.toIntExact(at);
        int section = Short.toUnsignedInt(file.getShort(symbol + 6));
        boolean isHere = section > 0 && section < sections.size();
        if (isHere && (file.get(symbol + 4) & TYPE_MASK) == FUNCTION) {
          String name = name(Math.toIntExact(names + file.getInt(symbol)));
          if (wanted.contains(name)) {
            Section code = sections.get(section);
            found.putIfAbsent(name, file.getLong(symbol + 8) - code.address + code.offset);
          }
        }
      }
    }
    return found;
  }

  private String name(int at) {
    int end = at;
    while (file.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end - at];
    file.get(at, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
