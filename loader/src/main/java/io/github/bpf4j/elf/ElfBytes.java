package io.github.bpf4j.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of an object file and what is said about them. */
final class ElfBytes {
  private final byte[] file;
  private final ByteOrder order;
  private final String object;

  ElfBytes(byte[] file, ByteOrder order, String object) {
    this.file = file;
    this.order = order;
    this.object = object;
  }

  byte[] file() {
    return file;
  }

  ByteOrder order() {
    return order;
  }

  /** The name that the object was opened by. */
  String object() {
    return object;
  }

  /** The whole file. */
  ByteBuffer all() {
    return ByteBuffer.wrap(file).asReadOnlyBuffer().order(order);
  }

  /** What a section holds: offsets count from its start. */
  ByteBuffer data(ElfSection section) {
    if (!section.hasBytes()) {
      return ByteBuffer.allocate(0).order(order);
    }
    return ByteBuffer.wrap(file, section.offset(), (int) section.size())
        .slice()
        .asReadOnlyBuffer()
        .order(order);
  }

  StringTable strings(ElfSection section) {
    return StringTable.of(file, section.offset(), (int) section.size(), place(section));
  }

  Place place(ElfSection section) {
    return Place.section(object, section.name());
  }
}
