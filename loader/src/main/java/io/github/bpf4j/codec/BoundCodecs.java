package io.github.bpf4j.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;

/** Makes codecs out of method handles, each of a class of its own: see {@link BoundCodec}. */
final class BoundCodecs {
  private static final byte[] TEMPLATE = template();

  private BoundCodecs() {}

  /**
   * Makes a codec.
   *
   * @param access relative to where a value starts
   */
  @SuppressWarnings("unchecked") // the caller knows which type it has bound
  static <T> Codec<T> of(Access access, int size) {
    try {
      MethodHandles.Lookup made =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(TEMPLATE, access.as(Object.class), true);
      return (Codec<T>)
          made.findConstructor(made.lookupClass(), MethodType.methodType(void.class, int.class))
              .invoke(size);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a copy of a class is as good as the class", e);
    }
  }

  private static byte[] template() {
    try (InputStream stream =
        Objects.requireNonNull(BoundCodecs.class.getResourceAsStream("BoundCodec.class"))) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
