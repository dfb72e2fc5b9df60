package io.github.bpf4j.codec;

import io.github.bpf4j.ctype.CMember;
import java.util.List;

/**
 * A line of the comparison of both sides.
 *
 * @param place where the member is: offset and size
 * @param c the member, {@code "-"} where there is none
 * @param java the component, {@code "-"} where there is none
 * @param problem empty where they match
 */
record Difference(String place, String c, String java, String problem) {

  static Difference of(CMember member, String prefix, String java, String problem) {
    String place =
        member.isBitField()
            ? member.offset() + "." + member.bitOffset() % Byte.SIZE
            : String.valueOf(member.offset());
    return new Difference(place, member.type() + " " + prefix + rest(member), java, problem);
  }

  private static String rest(CMember member) {
    return member.name() + (member.isBitField() ? " : " + member.bitSize() : "");
  }

  /** A component that has no member. */
  static Difference ofJava(String java, String problem) {
    return new Difference("-", "-", java, problem);
  }

  boolean matches() {
    return problem.isEmpty();
  }

  /** The lines as a table. */
  static String table(List<Difference> lines) {
    int place = Math.max("offset".length(), widest(lines.stream().map(Difference::place).toList()));
    int c = widest(lines.stream().map(Difference::c).toList());
    int java = widest(lines.stream().map(Difference::java).toList());
    String format = "%s %" + place + "s  %-" + c + "s  %-" + java + "s  %s";
    StringBuilder table =
        new StringBuilder(format.formatted(" ", "offset", "C", "Java", "").stripTrailing());
    for (Difference line : lines) {
      String mark = line.matches() ? " " : "!";
      table
          .append('\n')
          .append(
              format.formatted(mark, line.place, line.c, line.java, line.problem).stripTrailing());
    }
    return table.toString();
  }

  private static int widest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(1);
  }
}
