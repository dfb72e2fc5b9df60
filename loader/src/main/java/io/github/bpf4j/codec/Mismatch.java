package io.github.bpf4j.codec;

import java.util.List;

/** Why a C type and a Java type do not match; becomes lines of the exception that users see. */
final class Mismatch extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Difference> members;

  Mismatch(String reason) {
    this(reason, List.of());
  }

  /**
   * @param members both sides, member by member, where they are structs
   */
  Mismatch(String reason, List<Difference> members) {
    super(reason, null, false, false);
    this.members = members;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  List<Difference> members() {
    return members;
  }
}
