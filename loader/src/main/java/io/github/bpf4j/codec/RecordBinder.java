package io.github.bpf4j.codec;

import io.github.bpf4j.codec.Members.Named;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import io.github.bpf4j.error.BpfBindException;
import io.github.bpf4j.error.Failure;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds a record to a struct: which component is which member, and how each is read and written.
 *
 * <pre>
 *   record component ──name──▶ member ──Matcher──▶ Access ─┐
 *   record component ──name──▶ member ──Matcher──▶ Access ─┼─RecordAccess─▶ Access of the record
 *   …                                                      ┘
 * </pre>
 */
final class RecordBinder {
  private final Class<? extends Record> type;
  private final RecordComponent[] components;
  private final String prefix;
  private final long bits;
  private final Map<String, Named> members;
  private final Map<String, RecordComponent> chosen = new LinkedHashMap<>();
  private final List<Difference> differences = new ArrayList<>();
  private final List<Access> accesses = new ArrayList<>();

  private RecordBinder(Class<? extends Record> type, CStruct struct, long bits, String what) {
    this.type = type;
    this.components = type.getRecordComponents();
    this.prefix = what.isEmpty() ? "" : what + ".";
    this.bits = bits;
    this.members = Members.of(struct);
  }

  static <T extends Record> Codec<T> bind(Class<T> type, CStruct struct) {
    return bindAny(type, struct);
  }

  static <T> Codec<T> bindAny(Class<T> type, CType c) {
    try {
      return Matcher.codec(c, type, "");
    } catch (Mismatch e) {
      String kind = type.isRecord() ? "record " : "";
      throw new BpfBindException(
          Failure.of("bind", kind + type.getSimpleName() + " to " + c, e.reason()),
          e.members().isEmpty() ? "" : Difference.table(e.members()));
    }
  }

  /**
   * A record that stands for a struct.
   *
   * @param bits where the struct starts, from the start of the outermost one
   * @param what names the struct in exceptions, empty for the outermost
   */
  static Access access(Class<? extends Record> type, CStruct struct, long bits, String what)
      throws Mismatch {
    RecordBinder binder = new RecordBinder(type, struct, bits, what);
    binder.choose();
    binder.match(struct);
    return RecordAccess.of(
        type, binder.accesses, bits / Byte.SIZE, struct.size(), binder.fills(struct));
  }

  private void choose() {
    for (RecordComponent component : components) {
      String name = name(component);
      Named member = name == null ? null : members.get(name);
      if (member == null || name == null) {
        differences.add(Difference.ofJava(describe(component), "no such member"));
      } else if (chosen.putIfAbsent(name, component) != null) {
        differences.add(Difference.ofJava(describe(component), "a second component of that name"));
      }
    }
  }

  /** The member that a component means: by annotation, by its own name, or in snake case. */
  private @Nullable String name(RecordComponent component) {
    CName given = component.getAnnotation(CName.class);
    if (given != null) {
      return members.containsKey(given.value()) ? given.value() : null;
    }
    String own = component.getName();
    if (members.containsKey(own)) {
      return own;
    }
    String snake = own.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    return members.containsKey(snake) ? snake : null;
  }

  private void match(CStruct struct) throws Mismatch {
    Map<RecordComponent, Access> found = new LinkedHashMap<>();
    List<Difference> lines = new ArrayList<>();
    members.forEach(
        (name, member) -> {
          RecordComponent component = chosen.get(name);
          if (component == null) {
            lines.add(Difference.of(member.member(), prefix, "-", missing(member)));
          } else {
            matchOne(member, component, found, lines);
          }
        });
    lines.addAll(differences);
    long wrong = lines.stream().filter(line -> !line.matches()).count();
    if (wrong > 0) {
      throw new Mismatch(
          wrong == 1 ? "one line does not match" : wrong + " lines do not match", lines);
    }
    for (RecordComponent component : components) {
      Access access = found.get(component);
      if (access == null) {
        throw new AssertionError(component + " of " + struct);
      }
      accesses.add(access);
    }
  }

  private void matchOne(
      Named member,
      RecordComponent component,
      Map<RecordComponent, Access> found,
      List<Difference> lines) {
    String what = prefix + member.member().name();
    String problem = "";
    List<Difference> deeper = List.of();
    List<String> rivals =
        Members.rivals(member, members).stream().filter(chosen::containsKey).toList();
    if (rivals.isEmpty()) {
      try {
        found.put(
            component, Matcher.member(member.member(), component.getGenericType(), bits, what));
      } catch (Mismatch e) {
        problem = e.reason();
        deeper = e.members();
      }
    } else {
      problem = "it lies over " + String.join(", ", rivals) + ": choose one of the union";
    }
    lines.add(Difference.of(member.member(), prefix, describe(component), problem));
    lines.addAll(deeper);
  }

  /** What is wrong about a member that no component names: nothing where another was chosen. */
  private String missing(Named member) {
    List<String> rivals = Members.rivals(member, members);
    if (type.isAnnotationPresent(Partial.class) || rivals.stream().anyMatch(chosen::containsKey)) {
      return "";
    }
    return rivals.isEmpty()
        ? "no component names it (@Partial leaves it out)"
        : "no component chooses it or " + String.join(", ", rivals);
  }

  /** Whether something lies between or behind what the components write. */
  private boolean fills(CStruct struct) {
    long written =
        chosen.keySet().stream()
            .map(members::get)
            .mapToLong(member -> member == null ? 0 : member.member().type().size())
            .sum();
    return written != struct.size() || accesses.stream().anyMatch(access -> !access.dense());
  }

  /** Without packages: {@code java.util.List<java.lang.Integer>} is {@code List<Integer>}. */
  private static String describe(RecordComponent component) {
    return component.getGenericType().getTypeName().replaceAll("[\\w.]+[.$]", "")
        + " "
        + component.getName();
  }
}
