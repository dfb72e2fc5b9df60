package io.github.bpf4j.bindings;

import static io.github.bpf4j.bindings.AllowList.Kind.FUNCTION;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The bindings know a newer libbpf than most machines have. Of their functions, the installed one
 * lacks those that came later, and no other.
 */
class SymbolResolutionTest {
  private static final String LIBRARY = System.getProperty("bpf4j.libbpf", "libbpf.so.1");

  /**
   * libbpf.map promised these earlier, but their declarations lacked the word that exports them:
   * with an older libbpf, both are right.
   */
  private static final Map<String, Version> EXPORTED_LATE =
      Map.of(
          "libbpf_set_memlock_rlim", new Version(1, 4),
          "bpf_object__prepare", new Version(1, 7));

  private record Version(int major, int minor) implements Comparable<Version> {
    static Version parse(String text) {
      String[] parts = text.split("\\.", -1);
      return new Version(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    @Override
    public int compareTo(Version other) {
      return Comparator.comparingInt(Version::major)
          .thenComparingInt(Version::minor)
          .compare(this, other);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  @Test
  void eachFunctionOfTheListHasAVersion() throws IOException {
    Set<String> unknown = new TreeSet<>(AllowList.LIBBPF.names(FUNCTION));
    unknown.removeAll(versions().keySet());
    assertEquals(Set.of(), unknown);
  }

  @Test
  void onlyLaterFunctionsAreMissing() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      Optional<SymbolLookup> found = library(arena);
      Requirement.require(found.isPresent(), "no " + LIBRARY + " on this machine");
      SymbolLookup library = found.orElseThrow();
      Version installed =
          new Version(call(library, "libbpf_major_version"), call(library, "libbpf_minor_version"));

      Map<String, Version> versions = versions();
      Set<String> missing = new TreeSet<>();
      Set<String> later = new TreeSet<>();
      for (String function : AllowList.LIBBPF.names(FUNCTION)) {
        if (library.find(function).isEmpty()) {
          missing.add(function);
        }
        if (versions.get(function).compareTo(installed) > 0) {
          later.add(function);
        }
      }
      report(installed, missing, versions);

      EXPORTED_LATE.forEach(
          (function, surelySince) -> {
            if (installed.compareTo(surelySince) < 0) {
              missing.remove(function);
              later.remove(function);
            }
          });
      assertEquals(later, missing);
    }
  }

  private static void report(
      Version installed, Set<String> missing, Map<String, Version> versions) {
    System.out.printf(
        "%s is libbpf %s: it lacks %d of %d functions%n",
        LIBRARY, installed, missing.size(), AllowList.LIBBPF.names(FUNCTION).size());
    missing.stream()
        .collect(groupingBy(versions::get, TreeMap::new, toCollection(TreeSet::new)))
        .forEach((version, names) -> System.out.println(version + ": " + String.join(" ", names)));
  }

  @SuppressWarnings("restricted")
  private static Optional<SymbolLookup> library(Arena arena) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(LIBRARY, arena));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("restricted")
  private static int call(SymbolLookup library, String function) throws Throwable {
    return (int)
        Linker.nativeLinker()
            .downcallHandle(
                library.findOrThrow(function), FunctionDescriptor.of(ValueLayout.JAVA_INT))
            .invokeExact();
  }

  private static Map<String, Version> versions() throws IOException {
    Map<String, Version> versions = new TreeMap<>();
    try (InputStream in =
        libbpf_h.class.getResourceAsStream("/META-INF/bpf4j/libbpf-versions.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(pair -> versions.put(pair[0], Version.parse(pair[1])));
    }
    return versions;
  }
}
