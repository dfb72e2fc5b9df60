package io.github.bpf4j.codec;

import io.github.bpf4j.ctype.CArray;
import io.github.bpf4j.ctype.CEnum;
import io.github.bpf4j.ctype.CFloat;
import io.github.bpf4j.ctype.CInt;
import io.github.bpf4j.ctype.CMember;
import io.github.bpf4j.ctype.COpaque;
import io.github.bpf4j.ctype.CPointer;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a C type is read and written as a Java type, or why it cannot be. */
final class Matcher {
  private Matcher() {}

  /**
   * A member of a struct.
   *
   * @param bits from the start of the outermost struct to the start of the member's own
   * @param what names the member in exceptions
   */
  static Access member(CMember member, Type type, long bits, String what) throws Mismatch {
    long bitOffset = bits + member.bitOffset();
    if (!member.isBitField()) {
      return match(member.type(), type, bitOffset / Byte.SIZE, what);
    }
    Class<?> raw = raw(type);
    return switch (member.type()) {
      case CInt number ->
          Scalars.integer(
              IntegerPart.ofBits(bitOffset, member.bitSize(), number.signed()), raw, what);
      case CEnum constants -> {
        IntegerPart part = IntegerPart.ofBits(bitOffset, member.bitSize(), constants.signed());
        yield raw.isEnum() ? Enums.access(part, constants, raw) : Scalars.integer(part, raw, what);
      }
      default -> throw new Mismatch("a bit-field of " + member.type());
    };
  }

  /** Anything that fills whole bytes. */
  static Access match(CType c, Type type, long at, String what) throws Mismatch {
    if (c.size() == 0) {
      throw new Mismatch(
          c instanceof CArray ? "an array without a length has no bytes of its own" : "no bytes");
    }
    if (c.size() > Integer.MAX_VALUE) {
      throw new Mismatch(c.size() + " bytes are more than a codec takes");
    }
    Class<?> raw = raw(type);
    int size = (int) c.size();
    if (raw == byte[].class) {
      return Access.of(Codec.bytes(size), raw, at);
    }
    if (isAddress(raw)) {
      return Access.of(address(c, raw), raw, at);
    }
    return switch (c) {
      case CInt number -> scalar(number, raw, at, what);
      case CEnum constants -> {
        IntegerPart part = IntegerPart.of(at, size, constants.signed(), ByteOrder.nativeOrder());
        yield raw.isEnum() ? Enums.access(part, constants, raw) : Scalars.integer(part, raw, what);
      }
      case CFloat _ -> Scalars.real(size, raw, at);
      case CPointer _ ->
          Scalars.integer(IntegerPart.of(at, size, false, ByteOrder.nativeOrder()), raw, what);
      case CArray array -> sequence(array, type, raw, at, what);
      case CStruct struct -> {
        if (!raw.isRecord()) {
          throw new Mismatch("a " + struct + " takes a record or byte[]");
        }
        yield RecordBinder.access(raw.asSubclass(Record.class), struct, at * Byte.SIZE, what);
      }
      case COpaque _ -> throw new Mismatch("it has no values");
    };
  }

  private static Access scalar(CInt number, Class<?> raw, long at, String what) throws Mismatch {
    return Scalars.integer(
        IntegerPart.of(at, number.size(), number.signed(), number.order()), raw, what);
  }

  private static boolean isAddress(Class<?> raw) {
    return raw == Inet4Address.class || raw == Inet6Address.class || raw == MacAddress.class;
  }

  private static Codec<?> address(CType c, Class<?> raw) throws Mismatch {
    Codec<?> codec = raw == MacAddress.class ? Codec.mac() : Codec.ipv6();
    if (raw == Inet4Address.class) {
      codec = Codec.ipv4();
    }
    if (codec.size() != c.size()) {
      throw new Mismatch(raw.getSimpleName() + " takes " + codec.size() + " bytes");
    }
    return codec;
  }

  private static Access sequence(CArray array, Type type, Class<?> raw, long at, String what)
      throws Mismatch {
    int length = (int) array.length();
    if (raw == String.class) {
      if (array.element().size() != 1) {
        throw new Mismatch("a String takes an array of bytes");
      }
      return Access.of(Codec.string(length), raw, at);
    }
    if (raw.isArray()) {
      Class<?> element = raw.getComponentType();
      ValueLayout layout = alike(array.element(), element);
      return Access.of(
          layout != null
              ? new Sequences.OfPrimitives(layout, element, length)
              : new Sequences.OfAny(codec(array.element(), element, what), element, length),
          raw,
          at);
    }
    if (raw == List.class
        && type instanceof ParameterizedType list
        && list.getActualTypeArguments().length == 1) {
      Type element = list.getActualTypeArguments()[0];
      return Access.of(
          new Sequences.OfList(codec(array.element(), element, what), length), raw, at);
    }
    throw new Mismatch("an array takes an array, a List, or byte[]; one of bytes also a String");
  }

  /** A codec for one value of a type. */
  static <T> Codec<T> codec(CType c, Type type, String what) throws Mismatch {
    Access access = match(c, type, 0, what);
    return BoundCodecs.of(access, (int) c.size());
  }

  /** The layout of a primitive that has the same bits in C, or null. */
  private static @Nullable ValueLayout alike(CType c, Class<?> type) {
    boolean here = !(c instanceof CInt number) || number.order() == ByteOrder.nativeOrder();
    boolean integer = c instanceof CInt;
    if (integer && here && type == short.class && c.size() == Short.BYTES) {
      return ValueLayout.JAVA_SHORT_UNALIGNED;
    }
    if (integer && here && type == int.class && c.size() == Integer.BYTES) {
      return ValueLayout.JAVA_INT_UNALIGNED;
    }
    if (integer && here && type == long.class && c.size() == Long.BYTES) {
      return ValueLayout.JAVA_LONG_UNALIGNED;
    }
    if (c instanceof CFloat && type == float.class && c.size() == Float.BYTES) {
      return ValueLayout.JAVA_FLOAT_UNALIGNED;
    }
    return c instanceof CFloat && type == double.class && c.size() == Double.BYTES
        ? ValueLayout.JAVA_DOUBLE_UNALIGNED
        : null;
  }

  private static Class<?> raw(Type type) throws Mismatch {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic when generic.getRawType() instanceof Class<?> plain -> plain;
      default ->
          throw new Mismatch("Java type " + type.getTypeName() + " is not known when binding");
    };
  }
}
