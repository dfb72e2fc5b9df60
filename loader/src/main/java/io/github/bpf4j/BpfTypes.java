package io.github.bpf4j;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.btf.CTypes;
import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The C types that an object describes by its BTF, by name.
 *
 * <pre>{@code
 * record Event(int pid, String comm) {}          // struct event { __u32 pid; char comm[16]; };
 * Codec<Event> events = object.types().record("event", Event.class);
 * }</pre>
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class BpfTypes {
  private final String owner;
  private final Btf btf;
  private final CTypes described = new CTypes();

  BpfTypes(String owner, Btf btf) {
    this.owner = owner;
    this.btf = btf;
  }

  /**
   * A struct or union by its tag or typedef.
   *
   * @throws BpfException when there is none; lists those that exist
   */
  public CStruct struct(String name) {
    BtfType found = find(name);
    if (found == null || !(of(found) instanceof CStruct struct)) {
      throw new BpfException(
          Failure.of("find", "struct " + name + " of " + owner, "there is no such struct")
              .hint("there are: " + String.join(", ", structs())));
    }
    return struct;
  }

  private @Nullable BtfType find(String name) {
    for (BtfKind kind : List.of(BtfKind.STRUCT, BtfKind.UNION, BtfKind.TYPEDEF)) {
      BtfType found = btf.find(kind, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The names of all structs and unions that have one, in the order of the object. */
  public List<String> structs() {
    List<String> names = new ArrayList<>();
    for (int id = 1; id < btf.count(); id++) {
      if (btf.kind(id).isComposite() && !btf.name(id).isEmpty()) {
        names.add(btf.name(id));
      }
    }
    return names;
  }

  /**
   * Binds a record to a struct by the names of its members.
   *
   * @throws BpfException when there is no such struct
   * @throws io.github.bpf4j.error.BpfBindException when the two do not match: shows both sides
   */
  public <T extends Record> Codec<T> record(String struct, Class<T> type) {
    return Codec.record(type, struct(struct));
  }

  synchronized CType of(BtfType type) {
    return described.of(type);
  }

  CType of(int id) {
    return of(btf.type(id));
  }
}
