package io.github.bpf4j.legacy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * New BTF types and their strings, to stand behind those that an object has already.
 *
 * <pre>
 *   each type   | u32 name_off | u32 info: kind_flag, kind, vlen | u32 size or type | … |
 * </pre>
 *
 * @see <a href="https://docs.kernel.org/bpf/btf.html">BPF Type Format</a>
 */
final class BtfTypes {
  static final int INT = 1;
  static final int PTR = 2;
  static final int ARRAY = 3;
  static final int STRUCT = 4;
  static final int VAR = 14;
  static final int DATASEC = 15;

  /** Linkage of a variable that other objects see: the only one that libbpf takes for maps. */
  static final int GLOBAL = 1;

  private static final int KIND_SHIFT = 24;
  private static final int TYPE_BYTES = 12;
  private static final int MEMBER_BITS = Long.SIZE;

  private final ByteOrder order;
  private final int firstString;
  private final ByteArrayOutputStream types = new ByteArrayOutputStream();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private int nextId;

  /**
   * Makes an empty addition.
   *
   * @param nextId the id that the first new type gets
   * @param firstString where new strings start
   */
  BtfTypes(ByteOrder order, int nextId, int firstString) {
    this.order = order;
    this.nextId = nextId;
    this.firstString = firstString;
  }

  /** A member of a struct of pointers and the like: 8 bytes each. */
  record Member(String name, int type) {}

  /** A variable in a section. */
  record Variable(int type, int offset, int size) {}

  int string(String text) {
    int offset = firstString + strings.size();
    strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    strings.write(0);
    return offset;
  }

  /** A signed integer of so many bytes. */
  int integer(String name, int bytes) {
    return add(type(string(name), INT, 0, bytes, 1).putInt(bytes * Byte.SIZE));
  }

  int pointer(int to) {
    return add(type(0, PTR, 0, to, 0));
  }

  int array(int of, int index, int length) {
    return add(type(0, ARRAY, 0, 0, 3).putInt(of).putInt(index).putInt(length));
  }

  int struct(List<Member> members, int bytes) {
    ByteBuffer struct = type(0, STRUCT, members.size(), bytes, 3 * members.size());
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      struct.putInt(string(member.name())).putInt(member.type()).putInt(i * MEMBER_BITS);
    }
    return add(struct);
  }

  int variable(String name, int type) {
    return add(type(string(name), VAR, 0, type, 1).putInt(GLOBAL));
  }

  int section(String name, List<Variable> variables, int bytes) {
    return add(section(string(name), variables, bytes));
  }

  /** The bytes of a section, to stand in another one's place. */
  ByteBuffer section(int name, List<Variable> variables, int bytes) {
    ByteBuffer section = type(name, DATASEC, variables.size(), bytes, 3 * variables.size());
    for (Variable variable : variables) {
      section.putInt(variable.type()).putInt(variable.offset()).putInt(variable.size());
    }
    return section;
  }

  private ByteBuffer type(int name, int kind, int length, int sizeOrType, int more) {
    return ByteBuffer.allocate(TYPE_BYTES + more * Integer.BYTES)
        .order(order)
        .putInt(name)
        .putInt(kind << KIND_SHIFT | length)
        .putInt(sizeOrType);
  }

  private int add(ByteBuffer type) {
    types.writeBytes(bytes(type));
    return nextId++;
  }

  /** All bytes of a buffer. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }

  byte[] types() {
    return types.toByteArray();
  }

  byte[] strings() {
    return strings.toByteArray();
  }
}
