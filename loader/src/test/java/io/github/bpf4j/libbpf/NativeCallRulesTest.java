package io.github.bpf4j.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.bindings.libbpf_h;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the native boundary that only the source text can show. */
final class NativeCallRulesTest {
  private static final Pattern NULL_SEGMENT =
      Pattern.compile(
          "[!=]=\\s*MemorySegment\\.NULL|MemorySegment\\.NULL\\s*[!=]="
              + "|equals\\(\\s*MemorySegment\\.NULL|MemorySegment\\.NULL\\s*\\.equals");
  private static final Pattern CALL =
      Pattern.compile("\\blibbpf_h\\s*(?:\\.|::)\\s*(\\w+?)(?:\\$\\w+)?\\b");

  @Test
  void segmentsAreNotComparedWithNull() throws IOException {
    assertTrue(NULL_SEGMENT.matcher("if (pointer == MemorySegment.NULL) {").find());
    assertTrue(NULL_SEGMENT.matcher("pointer.equals(MemorySegment.NULL)").find());
    List<String> found = new ArrayList<>();
    eachSource(
        (file, text) -> {
          if (NULL_SEGMENT.matcher(text).find()) {
            found.add(file);
          }
        });
    assertEquals(List.of(), found, "addresses are compared: segment.address() == 0");
  }

  @Test
  void functionsThatCameAfterLibbpf1AreAskedForFirst() throws IOException {
    Set<String> functions =
        Arrays.stream(libbpf_h.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .map(method -> method.getName())
            .collect(Collectors.toSet());
    Map<String, Set<String>> unasked = new TreeMap<>();
    Set<String> called = new HashSet<>();
    eachSource(
        (file, text) -> {
          for (String function : calls(text)) {
            called.add(function);
            if (functions.contains(function)
                && isLater(Libbpf.since(function))
                && !text.contains("Libbpf.requireFunction(\"" + function + "\")")) {
              unasked.computeIfAbsent(file, _ -> new HashSet<>()).add(function);
            }
          }
        });
    assertTrue(called.contains("bpf_object__open_mem"), "by handle");
    assertTrue(called.contains("bpf_object__close"), "by method reference");
    called.removeAll(functions);
    assertEquals(Set.of("class"), called, "all of them are in the bindings");
    assertEquals(Map.of(), unasked);
  }

  @Test
  void versionsAreReadAsNumbers() {
    assertFalse(isLater("0.8.0"));
    assertFalse(isLater("1.0.0"));
    assertTrue(isLater("1.1.0"));
    assertTrue(isLater("1.10.0"));
    assertTrue(isLater("2.0.0"));
    // Constants and macros have no version: they cost no call.
    assertFalse(isLater(Libbpf.since("LIBBPF_WARN")));
  }

  private static Set<String> calls(String text) {
    return CALL.matcher(text).results().map(call -> call.group(1)).collect(Collectors.toSet());
  }

  private static boolean isLater(String version) {
    String[] parts = version.split("\\.", -1);
    return parts.length == 3
        && (Integer.parseInt(parts[0]) > 1
            || (parts[0].equals("1") && Integer.parseInt(parts[1]) > 0));
  }

  private static void eachSource(BiConsumer<String, String> use) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        use.accept(file.toString(), Files.readString(file));
      }
    }
  }
}
