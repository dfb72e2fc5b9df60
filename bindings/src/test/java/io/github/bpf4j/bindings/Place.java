package io.github.bpf4j.bindings;

import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.util.ArrayList;
import java.util.List;

/**
 * A struct, or a named member of it at any depth, and where the bindings believe it to be.
 *
 * @param type {@code struct NAME} or {@code union NAME}
 * @param path the member's path, such as {@code xdp.ifindex}; empty for the type itself
 */
record Place(String type, String path, long offset, long size) {
  static List<Place> allOf(String type, GroupLayout layout) {
    List<Place> places = new ArrayList<>();
    places.add(new Place(type, "", 0, layout.byteSize()));
    addMembers(places, type, "", 0, layout);
    return places;
  }

  private static void addMembers(
      List<Place> places, String type, String prefix, long base, GroupLayout group) {
    for (int i = 0; i < group.memberLayouts().size(); i++) {
      MemoryLayout member = group.memberLayouts().get(i);
      long offset = base + group.byteOffset(PathElement.groupElement(i));
      // Padding has no name, and stands for bit-fields too.
      String name = member.name().orElse("");
      boolean named = !name.isEmpty() && !name.startsWith("$anon$");
      String path = named ? prefix + name : prefix;
      if (named) {
        places.add(new Place(type, path, offset, member.byteSize()));
      }
      if (member instanceof GroupLayout inner) {
        addMembers(places, type, named ? path + "." : prefix, offset, inner);
      }
    }
  }

  boolean isType() {
    return path.isEmpty();
  }

  boolean isWithin(Place outer) {
    return type.equals(outer.type)
        && (outer.isType() ? !isType() : path.startsWith(outer.path + "."));
  }

  String sizeInC() {
    return isType() ? "sizeof(" + type + ")" : "sizeof(((" + type + " *)0)->" + path + ")";
  }

  String offsetInC() {
    return isType() ? "0" : "__builtin_offsetof(" + type + ", " + path + ")";
  }

  @Override
  public String toString() {
    return isType() ? type : type + " " + path;
  }
}
