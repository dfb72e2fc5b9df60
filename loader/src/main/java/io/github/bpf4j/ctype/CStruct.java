package io.github.bpf4j.ctype;

import java.util.ArrayList;
import java.util.List;

/**
 * A struct or union.
 *
 * @param name its tag or typedef; empty when it has neither
 * @param union whether its members lie over one another
 * @param size bytes, padding at the end included
 * @param members in the order of the declaration
 */
public record CStruct(String name, boolean union, long size, List<CMember> members)
    implements CType {
  public CStruct {
    members = List.copyOf(members);
  }

  /**
   * The members that C names in this struct: those of anonymous structs and unions stand in place
   * of the anonymous member, with offsets from the start of this one.
   */
  public List<CMember> named() {
    List<CMember> named = new ArrayList<>();
    for (CMember member : members) {
      if (member.name().isEmpty() && member.type() instanceof CStruct inner) {
        for (CMember deeper : inner.named()) {
          named.add(
              new CMember(
                  deeper.name(),
                  deeper.type(),
                  member.bitOffset() + deeper.bitOffset(),
                  deeper.bitSize()));
        }
      } else if (!member.name().isEmpty()) {
        named.add(member);
      }
    }
    return named;
  }

  /** Such as {@code "struct event"}. */
  @Override
  public String toString() {
    String kind = union ? "union" : "struct";
    return name.isEmpty() ? kind : kind + " " + name;
  }
}
