package io.github.bpf4j.samples.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.BpfMap;
import io.github.bpf4j.ctype.CType;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Entries of a map as {@code bpftool map dump} prints them.
 *
 * <pre>
 *   {"key":["0x00",…],"value":["0x2a",…],"formatted":{"key":0,"value":42}}         JSON, with BTF
 *   {"key":0,"value":42}                                                     text, with BTF
 *   key: 00 00 00 00  value: 2a 00 00 00 00 00 00 00                         text, without
 * </pre>
 *
 * <p>An entry of a per-CPU map has {@code values}, one for each possible CPU.
 */
final class Entries {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int CPU_ALIGNMENT = 8;

  private final Optional<CType> keyType;
  private final Optional<CType> valueType;
  private final boolean perCpu;
  private final int valueSize;

  Entries(BpfMap map) {
    this.keyType = map.keyType();
    this.valueType = map.valueType();
    this.perCpu = map.isPerCpu();
    this.valueSize = map.valueSize();
  }

  /** Whether BTF tells what the bytes mean. */
  boolean hasTypes() {
    return valueType.isPresent();
  }

  /** Bytes, and what they mean where that is known. */
  void json(JsonGenerator json, byte[] key, byte[] value) throws IOException {
    json.writeStartObject();
    json.writeFieldName("key");
    bytes(json, key, 0, key.length);
    values(json, value, this::raw);
    if (hasTypes()) {
      json.writeFieldName("formatted");
      formatted(json, key, value);
    }
    json.writeEndObject();
  }

  /** What the bytes mean. */
  void formatted(JsonGenerator json, byte[] key, byte[] value) throws IOException {
    json.writeStartObject();
    if (keyType.isPresent()) {
      json.writeFieldName("key");
      CValues.write(json, keyType.get(), key, 0);
    }
    values(json, value, this::typed);
    json.writeEndObject();
  }

  private interface Value {
    void write(JsonGenerator json, byte[] bytes, int offset) throws IOException;
  }

  private void raw(JsonGenerator json, byte[] value, int offset) throws IOException {
    bytes(json, value, offset, valueSize);
  }

  private void typed(JsonGenerator json, byte[] value, int offset) throws IOException {
    CValues.write(json, valueType.orElseThrow(), value, offset);
  }

  private void values(JsonGenerator json, byte[] value, Value one) throws IOException {
    if (!perCpu) {
      json.writeFieldName("value");
      one.write(json, value, 0);
      return;
    }
    json.writeArrayFieldStart("values");
    for (int cpu = 0; cpu < value.length / cpuBytes(); cpu++) {
      json.writeStartObject();
      json.writeNumberField("cpu", cpu);
      json.writeFieldName("value");
      one.write(json, value, cpu * cpuBytes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private int cpuBytes() {
    return Math.ceilDiv(valueSize, CPU_ALIGNMENT) * CPU_ALIGNMENT;
  }

  private static void bytes(JsonGenerator json, byte[] bytes, int offset, int length)
      throws IOException {
    json.writeStartArray();
    for (int i = 0; i < length; i++) {
      json.writeString("0x" + HexFormat.of().toHexDigits(bytes[offset + i]));
    }
    json.writeEndArray();
  }

  /** Bytes for people. */
  void text(StringBuilder text, byte[] key, byte[] value) {
    text.append("key: ").append(HEX.formatHex(key));
    if (!perCpu) {
      text.append("  value: ").append(HEX.formatHex(value)).append('\n');
      return;
    }
    text.append('\n');
    for (int cpu = 0; cpu < value.length / cpuBytes(); cpu++) {
      int offset = cpu * cpuBytes();
      text.append("value (CPU %02d): ".formatted(cpu))
          .append(HEX.formatHex(value, offset, offset + valueSize))
          .append('\n');
    }
  }
}
