package io.github.bpf4j.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/** C arrays as Java arrays and lists of the same length. */
final class Sequences {
  private Sequences() {}

  /** An array of anything; of primitives too, where they differ from C's. */
  @SuppressWarnings("ArrayRecordComponent")
  record OfAny(Codec<Object> element, Class<?> type, int length) implements Codec<Object> {
    @Override
    public int size() {
      return element.size() * length;
    }

    @Override
    public Object read(MemorySegment segment, long offset) {
      Object array = Array.newInstance(type, length);
      for (int i = 0; i < length; i++) {
        Array.set(array, i, element.read(segment, offset + (long) i * element.size()));
      }
      return array;
    }

    @Override
    public void write(MemorySegment segment, long offset, Object value) {
      require(Array.getLength(value), length);
      for (int i = 0; i < length; i++) {
        element.write(segment, offset + (long) i * element.size(), Array.get(value, i));
      }
    }
  }

  /** Primitives that look the same in C, copied at once. */
  record OfPrimitives(ValueLayout layout, Class<?> type, int length) implements Codec<Object> {
    @Override
    public int size() {
      return (int) layout.byteSize() * length;
    }

    @Override
    public Object read(MemorySegment segment, long offset) {
      Object array = Array.newInstance(type, length);
      MemorySegment.copy(segment, layout, offset, array, 0, length);
      return array;
    }

    @Override
    public void write(MemorySegment segment, long offset, Object value) {
      require(Array.getLength(value), length);
      MemorySegment.copy(value, 0, segment, layout, offset, length);
    }
  }

  /** A list, immutable when it is read. */
  record OfList(Codec<Object> element, int length) implements Codec<List<?>> {
    @Override
    public int size() {
      return element.size() * length;
    }

    @Override
    public List<?> read(MemorySegment segment, long offset) {
      List<Object> list = new ArrayList<>(length);
      for (int i = 0; i < length; i++) {
        list.add(element.read(segment, offset + (long) i * element.size()));
      }
      return List.copyOf(list);
    }

    @Override
    public void write(MemorySegment segment, long offset, List<?> value) {
      require(value.size(), length);
      for (int i = 0; i < length; i++) {
        element.write(segment, offset + (long) i * element.size(), value.get(i));
      }
    }
  }

  private static void require(int found, int length) {
    if (found != length) {
      throw new IllegalArgumentException(found + " elements: it must be " + length);
    }
  }
}
