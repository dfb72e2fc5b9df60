package io.github.bpf4j.codec;

import java.lang.constant.ConstantDescs;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/**
 * A codec out of method handles, as fast as one written by hand.
 *
 * <p>The JIT compiles method handles into straight code only where they are constants. So each
 * binding gets a class of its own: this one, defined once more as a hidden class, whose static
 * final handles are those of the binding. This class itself is only the template and never
 * initialized.
 */
final class BoundCodec<T> implements Codec<T> {
  private static final Access ACCESS = access();
  private static final MethodHandle READ = ACCESS.read();
  private static final MethodHandle WRITE = ACCESS.write();

  private final int size;

  BoundCodec(int size) {
    this.size = size;
  }

  private static Access access() {
    try {
      return MethodHandles.classData(
          MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Access.class);
    } catch (IllegalAccessException e) {
      throw new LinkageError("a class may read its own data", e);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  @SuppressWarnings("unchecked") // as above
  public T read(MemorySegment segment, long offset) {
    try {
      return (T) (Object) READ.invokeExact(segment, offset);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("neither records nor segments throw checked exceptions", e);
    }
  }

  @Override
  public void write(MemorySegment segment, long offset, T value) {
    // Before the first byte is written.
    Objects.checkFromIndexSize(offset, size, segment.byteSize());
    try {
      WRITE.invokeExact(segment, offset, (Object) value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("neither records nor segments throw checked exceptions", e);
    }
  }
}
