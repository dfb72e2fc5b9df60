package io.github.bpf4j.btf;

import io.github.bpf4j.btf.BtfExt.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/** Makes {@code .BTF.ext} for tests; nothing is checked. */
public final class BtfExtBuilder {
  private static final int HEADER = 32;

  private final ByteOrder order;
  private final Map<Kind, ByteArrayOutputStream> parts = new EnumMap<>(Kind.class);

  public BtfExtBuilder(ByteOrder order) {
    this.order = order;
  }

  /** Adds a block of one record: the offset of a section's name, then the words of the record. */
  public BtfExtBuilder block(Kind kind, int section, int... words) {
    return blocks(kind, section, 1, words.length, words);
  }

  /** Adds a block of so many records of so many words. */
  public BtfExtBuilder blocks(Kind kind, int section, int count, int recordWords, int... words) {
    ByteArrayOutputStream part =
        parts.computeIfAbsent(kind, _ -> of(new ByteArrayOutputStream(), 4 * recordWords));
    of(part, section);
    of(part, count);
    for (int word : words) {
      of(part, word);
    }
    return this;
  }

  private ByteArrayOutputStream of(ByteArrayOutputStream part, int word) {
    part.writeBytes(ByteBuffer.allocate(4).order(order).putInt(word).array());
    return part;
  }

  /** The contents of the section. */
  public byte[] bytes() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ByteBuffer header =
        ByteBuffer.allocate(HEADER)
            .order(order)
            .putShort((short) 0xeb9f)
            .put((byte) 1)
            .put((byte) 0)
            .putInt(HEADER);
    for (Kind kind : Kind.values()) {
      ByteArrayOutputStream part = parts.getOrDefault(kind, new ByteArrayOutputStream());
      header.putInt(body.size()).putInt(part.size());
      body.writeBytes(part.toByteArray());
    }
    return ByteBuffer.allocate(HEADER + body.size())
        .put(header.array())
        .put(body.toByteArray())
        .array();
  }
}
