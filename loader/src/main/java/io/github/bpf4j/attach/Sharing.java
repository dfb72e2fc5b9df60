package io.github.bpf4j.attach;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a program takes its place on a hook that programs share: what TCX, netkit and cgroups have in
 * common. The attach points' own methods make it.
 *
 * @param position where among the others; the kernel's choice is {@link Position#last}
 * @param revision of the hook, when it must not have changed since it was read
 * @param byLink whether a {@code bpf_link} holds it, rather than the hook
 * @param replaced the id of the only program that it takes the place of
 */
public record Sharing(
    Position position, OptionalLong revision, boolean byLink, OptionalInt replaced) {
  static final Sharing DEFAULT =
      new Sharing(Position.last(), OptionalLong.empty(), true, OptionalInt.empty());

  /** Held by the hook, wherever it puts it. */
  public static Sharing ofHook() {
    return DEFAULT.withoutLink();
  }

  Sharing at(Position newPosition) {
    return new Sharing(newPosition, revision, byLink, replaced);
  }

  Sharing expecting(long newRevision) {
    return new Sharing(position, OptionalLong.of(newRevision), byLink, replaced);
  }

  Sharing withoutLink() {
    return new Sharing(position, revision, false, replaced);
  }

  Sharing replacing(int programId) {
    return new Sharing(position, revision, false, OptionalInt.of(programId));
  }
}
