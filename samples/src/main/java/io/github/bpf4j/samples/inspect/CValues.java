package io.github.bpf4j.samples.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.ctype.CArray;
import io.github.bpf4j.ctype.CEnum;
import io.github.bpf4j.ctype.CFloat;
import io.github.bpf4j.ctype.CInt;
import io.github.bpf4j.ctype.CMember;
import io.github.bpf4j.ctype.COpaque;
import io.github.bpf4j.ctype.CPointer;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Values of C types as JSON, as bpftool writes them: a struct is an object, a text in a {@code
 * char[]} a string, an enum its constant's name, a bit-field its bits in hexadecimal; an anonymous
 * member has an empty name, and what has a byte order of its own is shown as it stands.
 */
final class CValues {
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final byte DELETE = 0x7f;

  private CValues() {}

  /** Writes the value that begins at an offset. */
  static void write(JsonGenerator json, CType type, byte[] bytes, int offset) throws IOException {
    switch (type) {
      case CInt number -> writeInt(json, number, bytes, offset);
      case CFloat number -> {
        long bits = bits(bytes, offset, (int) number.size());
        if (number.size() == Float.BYTES) {
          json.writeNumber(Float.intBitsToFloat((int) bits));
        } else {
          json.writeNumber(Double.longBitsToDouble(bits));
        }
      }
      case CEnum constants -> writeEnum(json, constants, bytes, offset);
      case CPointer _ -> json.writeNumber(unsigned(bits(bytes, offset, Long.BYTES)));
      case CArray array -> writeArray(json, array, bytes, offset);
      case CStruct struct -> writeStruct(json, struct, bytes, offset);
      case COpaque opaque -> json.writeString("(" + opaque.name() + ")");
    }
  }

  private static void writeInt(JsonGenerator json, CInt type, byte[] bytes, int offset)
      throws IOException {
    int size = (int) type.size();
    if (type.bool()) {
      json.writeBoolean(bytes[offset] != 0);
    } else if (size > Long.BYTES) {
      json.writeString("0x" + wide(bytes, offset, size).toString(16));
    } else if (type.signed()) {
      json.writeNumber(signed(bits(bytes, offset, size), size * Byte.SIZE));
    } else {
      json.writeNumber(unsigned(bits(bytes, offset, size)));
    }
  }

  private static void writeEnum(JsonGenerator json, CEnum type, byte[] bytes, int offset)
      throws IOException {
    int size = (int) type.size();
    long value = bits(bytes, offset, size);
    long number = type.signed() ? signed(value, size * Byte.SIZE) : value;
    Optional<CEnum.Constant> constant =
        type.constants().stream().filter(each -> each.value() == number).findFirst();
    if (constant.isPresent()) {
      json.writeString(constant.get().name());
    } else {
      json.writeNumber(type.signed() ? BigInteger.valueOf(number) : unsigned(number));
    }
  }

  private static void writeArray(JsonGenerator json, CArray type, byte[] bytes, int offset)
      throws IOException {
    Optional<String> text = text(type, bytes, offset);
    if (text.isPresent()) {
      json.writeString(text.get());
      return;
    }
    json.writeStartArray();
    int size = (int) type.element().size();
    for (int i = 0; i < type.length(); i++) {
      write(json, type.element(), bytes, offset + i * size);
    }
    json.writeEndArray();
  }

  /** Printable characters up to a NUL, in an array of what is called char. */
  private static Optional<String> text(CArray type, byte[] bytes, int offset) {
    if (!(type.element() instanceof CInt element) || !element.name().equals("char")) {
      return Optional.empty();
    }
    for (int length = 0; length < type.length(); length++) {
      byte character = bytes[offset + length];
      if (character == 0) {
        return Optional.of(new String(bytes, offset, length, StandardCharsets.US_ASCII));
      }
      if (character < ' ' || character == DELETE) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static void writeStruct(JsonGenerator json, CStruct type, byte[] bytes, int offset)
      throws IOException {
    // A section of global variables, ".data" or the like: bpftool writes an object for each.
    boolean section = type.name().startsWith(".");
    json.writeStartObject();
    if (section) {
      json.writeArrayFieldStart(type.name());
    }
    for (CMember member : type.members()) {
      if (section) {
        json.writeStartObject();
      }
      json.writeFieldName(member.name());
      if (member.isBitField()) {
        json.writeString("0x" + field(bytes, offset, member).toString(16));
      } else {
        write(json, member.type(), bytes, offset + (int) member.offset());
      }
      if (section) {
        json.writeEndObject();
      }
    }
    if (section) {
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** The bits of a bit-field; the first is the lowest on little-endian machines. */
  private static BigInteger field(byte[] bytes, int offset, CMember member) {
    long first = member.bitOffset() % Byte.SIZE;
    int covered = (int) ((first + member.bitSize() + Byte.SIZE - 1) / Byte.SIZE);
    BigInteger all = wide(bytes, offset + (int) member.offset(), covered);
    long below = LITTLE ? first : (long) covered * Byte.SIZE - first - member.bitSize();
    BigInteger mask = BigInteger.ONE.shiftLeft(member.bitSize()).subtract(BigInteger.ONE);
    return all.shiftRight((int) below).and(mask);
  }

  private static long bits(byte[] bytes, int offset, int size) {
    return wide(bytes, offset, size).longValue();
  }

  private static BigInteger wide(byte[] bytes, int offset, int size) {
    byte[] bigEndian = new byte[size];
    for (int i = 0; i < size; i++) {
      bigEndian[LITTLE ? size - 1 - i : i] = bytes[offset + i];
    }
    return new BigInteger(1, bigEndian);
  }

  private static long signed(long bits, int width) {
    int above = Long.SIZE - width;
    return bits << above >> above;
  }

  private static BigInteger unsigned(long bits) {
    return new BigInteger(Long.toUnsignedString(bits));
  }
}
