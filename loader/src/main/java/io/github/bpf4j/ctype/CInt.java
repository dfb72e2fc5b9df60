package io.github.bpf4j.ctype;

import java.nio.ByteOrder;

/**
 * An integer, a character or a truth value.
 *
 * @param name as the program declares it: {@code "int"}, or the typedef {@code "__be16"}
 * @param size 1, 2, 4, 8 or 16 bytes
 * @param signed whether it may be negative
 * @param bool whether it is C's {@code _Bool}
 * @param order byte order: this machine's, but for {@code __be16}, {@code __le32} and their like
 */
public record CInt(String name, long size, boolean signed, boolean bool, ByteOrder order)
    implements CType {
  @Override
  public String toString() {
    return name;
  }
}
