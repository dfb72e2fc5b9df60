package io.github.bpf4j.attach;

import java.util.List;
import java.util.Optional;

/**
 * Functions that many probes go to: those of a pattern, or those that are listed.
 *
 * @param cookies one for each name, or none at all
 */
record Functions(Optional<String> pattern, List<String> names, List<Long> cookies) {
  static Functions matching(String pattern) {
    return new Functions(Optional.of(pattern), List.of(), List.of());
  }

  static Functions of(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no function is listed");
    }
    return new Functions(Optional.empty(), List.copyOf(names), List.of());
  }

  Functions cookies(List<Long> newCookies) {
    if (newCookies.size() != names.size()) {
      throw new IllegalArgumentException(
          newCookies.size() + " cookies for " + names.size() + " functions");
    }
    return new Functions(pattern, names, List.copyOf(newCookies));
  }

  @Override
  public String toString() {
    return pattern.orElseGet(() -> String.join(", ", names));
  }
}
