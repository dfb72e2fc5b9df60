package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import java.util.List;
import java.util.function.Function;

/** Looks things up by name; an unknown name lists those that exist. */
final class Named {
  private Named() {}

  static <T> T find(
      List<T> things, Function<T, String> nameOf, String name, String kind, String where) {
    return things.stream()
        .filter(thing -> nameOf.apply(thing).equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(things.stream().map(nameOf).toList(), name, kind, where));
  }

  private static BpfException unknown(List<String> known, String name, String kind, String where) {
    return new BpfException(
        Failure.of("find", kind + " " + name, Errno.ENOENT)
            .because("object " + where + " has no " + kind + " of that name")
            .hint(known.isEmpty() ? "it has none" : "it has: " + String.join(", ", known)));
  }
}
