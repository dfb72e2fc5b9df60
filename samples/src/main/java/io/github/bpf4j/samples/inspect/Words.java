package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.Locale;

/** The kernel's types in bpftool's words, such as {@code percpu_array}. */
final class Words {
  private Words() {}

  static String of(Enum<?> type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  static String of(BpfProgramType type, int number) {
    return type == BpfProgramType.UNKNOWN ? "type " + number : of(type);
  }

  static String of(BpfMapType type, int number) {
    return type == BpfMapType.UNKNOWN ? "type " + number : of(type);
  }
}
