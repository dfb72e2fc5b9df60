package io.github.bpf4j.codec;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * How one part of a struct is read and written, relative to where the struct starts.
 *
 * @param read {@code (MemorySegment, long start) → J}
 * @param write {@code (MemorySegment, long start, J) → void}
 * @param dense whether writing sets every byte of the part, so that nothing has to be zeroed before
 */
record Access(MethodHandle read, MethodHandle write, boolean dense) {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /** A static method of this package. */
  static MethodHandle method(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
    try {
      return LOOKUP.findStatic(owner, name, MethodType.methodType(result, parameters));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(owner + "." + name, e);
    }
  }

  /** The same for another Java type: its primitive, or boxed. */
  Access as(Class<?> type) {
    return new Access(
        read.asType(read.type().changeReturnType(type)),
        write.asType(write.type().changeParameterType(2, type)),
        dense);
  }

  /** A codec at a place of the struct. */
  static Access of(Codec<?> codec, Class<?> type, long at) {
    MethodHandle read =
        method(
            Access.class,
            "read",
            Object.class,
            Codec.class,
            long.class,
            MemorySegment.class,
            long.class);
    MethodHandle write =
        method(
            Access.class,
            "write",
            void.class,
            Codec.class,
            long.class,
            MemorySegment.class,
            long.class,
            Object.class);
    return new Access(
            MethodHandles.insertArguments(read, 0, codec, at),
            MethodHandles.insertArguments(write, 0, codec, at),
            true)
        .as(type);
  }

  static <T> T read(Codec<T> codec, long at, MemorySegment segment, long start) {
    return codec.read(segment, start + at);
  }

  static <T> void write(Codec<T> codec, long at, MemorySegment segment, long start, T value) {
    codec.write(segment, start + at, value);
  }
}
