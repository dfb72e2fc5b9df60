package io.github.bpf4j.libbpf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Tells from its headers whether a file is a whole library for this machine. The JVM that is asked
 * to load another one complains on stderr about the protection of stacks, before it says no; and
 * one that was cut off the dynamic linker maps beyond its end, which ends the JVM.
 *
 * <pre>
 *   offset 0         4      5     6      16       18             32             54       56
 *          | 7f ELF | class| data| ...  | e_type | e_machine    | e_phoff ...  | size   | count
 *            as in the program that runs   3=DYN   as in the program    of program headers
 * </pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
final class LibraryFile {
  private static final Path PROGRAM = Path.of("/proc/self/exe");
  private static final int HEADER = 64;
  private static final int IDENTITY = 6;
  private static final int TYPE = 16;
  private static final int TYPE_SHARED = 3;
  private static final int MACHINE = 18;
  private static final int SEGMENTS = 32;
  private static final int SEGMENT_SIZE = 54;
  private static final int SEGMENT_COUNT = 56;

  private static final int SEGMENT = 56;
  private static final int SEGMENT_OFFSET = 8;
  private static final int SEGMENT_BYTES = 32;

  private LibraryFile() {}

  /** Why a file will not do; empty when it will. */
  static String refusal(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file);
        InputStream program = Files.newInputStream(PROGRAM)) {
      byte[] theirs = stream.readNBytes(HEADER);
      ByteBuffer header = ByteBuffer.wrap(theirs).order(ByteOrder.nativeOrder());
      if (theirs.length < HEADER
          || !isOfThisMachine(theirs, program.readNBytes(HEADER))
          || header.getShort(TYPE) != TYPE_SHARED) {
        return "it is no library for this machine";
      }
      return isWhole(header, stream, Files.size(file)) ? "" : "it is not a whole library";
    }
  }

  private static boolean isOfThisMachine(byte[] theirs, byte[] ours) {
    return Arrays.equals(theirs, 0, IDENTITY, ours, 0, IDENTITY)
        && Arrays.equals(theirs, MACHINE, MACHINE + 2, ours, MACHINE, MACHINE + 2);
  }

  /** Whether what will be mapped is there; the stream stands behind the header. */
  private static boolean isWhole(ByteBuffer header, InputStream stream, long size)
      throws IOException {
    long at = header.getLong(SEGMENTS);
    int count = Short.toUnsignedInt(header.getShort(SEGMENT_COUNT));
    if (at < HEADER || at > size || header.getShort(SEGMENT_SIZE) != SEGMENT) {
      return false;
    }
    stream.skipNBytes(at - HEADER);
    byte[] bytes = stream.readNBytes(count * SEGMENT);
    if (bytes.length < count * SEGMENT) {
      return false;
    }
    ByteBuffer segments = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    for (int segment = 0; segment < bytes.length; segment += SEGMENT) {
      long offset = segments.getLong(segment + SEGMENT_OFFSET);
      long length = segments.getLong(segment + SEGMENT_BYTES);
      if (offset < 0 || length < 0 || offset > size || length > size - offset) {
        return false;
      }
    }
    return true;
  }
}
