package io.github.bpf4j.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Strings and plain bytes of a fixed size. */
final class Texts {
  private Texts() {}

  /** UTF-8 up to the first NUL, or to the end where there is none. */
  record Text(int size) implements Codec<String> {
    @Override
    public String read(MemorySegment segment, long offset) {
      byte[] bytes = new byte[size];
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, size);
      int length = 0;
      while (length < size && bytes[length] != 0) {
        length++;
      }
      return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void write(MemorySegment segment, long offset, String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      if (bytes.length >= size) {
        throw new IllegalArgumentException(
            "\"" + value + "\" takes " + bytes.length + " bytes and a NUL: there are " + size);
      }
      if (value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a NUL inside a string would end it");
      }
      MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, offset, bytes.length);
      segment.asSlice(offset + bytes.length, size - bytes.length).fill((byte) 0);
    }
  }

  /** Bytes as they are. */
  record Raw(int size) implements Codec<byte[]> {
    @Override
    public byte[] read(MemorySegment segment, long offset) {
      byte[] bytes = new byte[size];
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, size);
      return bytes;
    }

    @Override
    public void write(MemorySegment segment, long offset, byte[] value) {
      if (value.length != size) {
        throw new IllegalArgumentException(value.length + " bytes: it must be " + size);
      }
      MemorySegment.copy(value, 0, segment, ValueLayout.JAVA_BYTE, offset, size);
    }
  }
}
