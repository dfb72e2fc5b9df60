package io.github.bpf4j.btf;

import io.github.bpf4j.elf.Place;

/**
 * Finds types that contain themselves without a pointer in between: a typedef of itself, an array
 * of itself, a struct with itself as a member. Whoever follows such a chain never ends.
 *
 * <p>A walk in depth with its own stack, because a chain may be as long as the file.
 */
final class BtfLoops {
  private static final byte UNSEEN = 0;
  private static final byte OPEN = 1;
  private static final byte DONE = 2;

  private final Btf btf;
  private final Place place;
  private final byte[] states;
  private final int[] path;
  private final int[] next;

  BtfLoops(Btf btf, Place place) {
    this.btf = btf;
    this.place = place;
    this.states = new byte[btf.count()];
    this.path = new int[btf.count()];
    this.next = new int[btf.count()];
  }

  void check() {
    for (int id = 1; id < btf.count(); id++) {
      if (states[id] == UNSEEN) {
        walk(id);
      }
    }
  }

  private void walk(int root) {
    int depth = 0;
    enter(depth, root);
    while (depth >= 0) {
      int id = path[depth];
      if (next[depth] == parts(id)) {
        states[id] = DONE;
        depth--;
        continue;
      }
      int part = part(id, next[depth]++);
      if (states[part] == OPEN) {
        throw place.malformed(
            btf.start(id), "type " + part + " contains itself", "a type that ends");
      }
      if (states[part] == UNSEEN && part != 0) {
        enter(++depth, part);
      }
    }
  }

  private void enter(int depth, int id) {
    states[id] = OPEN;
    path[depth] = id;
    next[depth] = 0;
  }

  /** How many types a value of this type consists of. */
  private int parts(int id) {
    return switch (btf.kind(id)) {
      case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG, VAR, ARRAY -> 1;
      case STRUCT, UNION, DATASEC -> btf.vlen(id);
      default -> 0;
    };
  }

  private int part(int id, int index) {
    return switch (btf.kind(id)) {
      case ARRAY -> btf.word(id, 3);
      case STRUCT, UNION -> btf.word(id, 3 + 3 * index + 1);
      case DATASEC -> btf.word(id, 3 + 3 * index);
      default -> btf.word(id, 2);
    };
  }
}
