package io.github.bpf4j.btf;

import io.github.bpf4j.ctype.CArray;
import io.github.bpf4j.ctype.CEnum;
import io.github.bpf4j.ctype.CFloat;
import io.github.bpf4j.ctype.CInt;
import io.github.bpf4j.ctype.CMember;
import io.github.bpf4j.ctype.COpaque;
import io.github.bpf4j.ctype.CPointer;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes types of a {@link Btf} as C types. Each is described once, so that types that share
 * parts cost no more than they take in the file.
 *
 * <p>Thread safety: none; one thread at a time.
 */
public final class CTypes {
  /** Far beyond any real nesting, and far from the end of the stack. */
  private static final int DEEPEST = 256;

  private static final int SIGNED = 1;
  private static final int BOOL = 4;

  private final Map<Integer, CType> described = new HashMap<>();
  private int depth;

  /**
   * Describes a type.
   *
   * @throws BpfException when it is nested deeper than 256 types
   */
  public CType of(BtfType type) {
    CType known = described.get(type.id());
    if (known != null) {
      return known;
    }
    if (++depth > DEEPEST) {
      throw new BpfException(
          Failure.of("describe", type.toString(), "it is nested deeper than " + DEEPEST));
    }
    try {
      CType made = describe(type, type.resolved(), alias(type));
      described.put(type.id(), made);
      return made;
    } finally {
      depth--;
    }
  }

  /** The outermost typedef that is not only a qualifier, or null. */
  private static @Nullable BtfType alias(BtfType type) {
    BtfType current = type;
    while (current.kind().isModifier()) {
      if (current.kind() == BtfKind.TYPEDEF) {
        return current;
      }
      current = current.target();
    }
    return null;
  }

  private CType describe(BtfType declared, BtfType type, @Nullable BtfType alias) {
    String name = alias == null ? type.name() : alias.name();
    return switch (type.kind()) {
      case INT -> {
        int encoding = type.integer() >>> 24;
        yield new CInt(
            name, type.size(), (encoding & SIGNED) != 0, (encoding & BOOL) != 0, order(declared));
      }
      case FLOAT -> new CFloat(name, type.size());
      case ENUM, ENUM64 ->
          new CEnum(
              type.name().isEmpty() ? name : type.name(),
              type.size(),
              type.isSigned(),
              type.enumerators().stream()
                  .map(value -> new CEnum.Constant(value.name(), value.value()))
                  .toList());
      case PTR -> new CPointer(name(type.target()));
      case ARRAY -> new CArray(of(type.element()), type.length());
      case STRUCT, UNION ->
          new CStruct(
              type.name().isEmpty() && alias != null ? alias.name() : type.name(),
              type.kind() == BtfKind.UNION,
              type.size(),
              members(type));
      case DATASEC -> new CStruct(name, false, type.size(), variables(type));
      default -> new COpaque(name(type));
    };
  }

  /** A section of global variables is a struct whose members they are. */
  private List<CMember> variables(BtfType section) {
    return section.variables().stream()
        .filter(entry -> entry.variable().kind() == BtfKind.VAR)
        .map(
            entry ->
                new CMember(
                    entry.variable().name(),
                    of(entry.variable().target()),
                    entry.offset() * Byte.SIZE,
                    0))
        .toList();
  }

  /** The kernel's types with a fixed byte order are typedefs of plain integers. */
  private static ByteOrder order(BtfType declared) {
    BtfType current = declared;
    while (current.kind().isModifier()) {
      if (current.kind() == BtfKind.TYPEDEF) {
        switch (current.name()) {
          case "__be16", "__be32", "__be64" -> {
            return ByteOrder.BIG_ENDIAN;
          }
          case "__le16", "__le32", "__le64" -> {
            return ByteOrder.LITTLE_ENDIAN;
          }
          default -> {}
        }
      }
      current = current.target();
    }
    return ByteOrder.nativeOrder();
  }

  private List<CMember> members(BtfType struct) {
    List<CMember> members = new ArrayList<>();
    for (BtfMember member : struct.members()) {
      CType type = of(member.type());
      BtfType bare = member.type().resolved();
      long offset = member.bitOffset();
      int bits = member.bitfieldSize();
      if (bits == 0 && bare.kind() == BtfKind.INT) {
        // Before BTF had a flag for it, a bit-field was an integer of fewer bits than its size has.
        int narrow = bare.integer() & 0xff;
        int shift = bare.integer() >>> 16 & 0xff;
        if (narrow != 0 && narrow < bare.size() * Byte.SIZE) {
          bits = narrow;
          offset += shift;
        }
      }
      members.add(new CMember(member.name(), type, offset, bits));
    }
    return members;
  }

  /** A name that says what it is; what has none is called by its kind. */
  private static String name(BtfType type) {
    BtfType alias = alias(type);
    BtfType bare = type.resolved();
    String name = alias == null ? bare.name() : alias.name();
    return switch (bare.kind()) {
      case STRUCT -> alias == null ? ("struct " + name).strip() : name;
      case UNION -> alias == null ? ("union " + name).strip() : name;
      case FWD -> ("struct " + name).strip();
      case ENUM, ENUM64 -> alias == null ? ("enum " + name).strip() : name;
      case PTR -> alias == null ? "void *" : name;
      case FUNC_PROTO -> "function";
      case VOID -> "void";
      default -> name;
    };
  }
}
