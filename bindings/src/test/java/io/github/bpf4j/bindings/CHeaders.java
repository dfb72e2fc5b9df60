package io.github.bpf4j.bindings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the C compiler what this machine's headers, or those of a folder, say of a struct. */
final class CHeaders {
  private static final String COMPILER = System.getenv().getOrDefault("CC", "cc");
  private static final Pattern ERROR = Pattern.compile("place:(\\d+):.* error: (.*)");
  private static final Pattern NOT_IN_THESE_HEADERS =
      Pattern.compile("no member named|incomplete (definition of )?type|undefined type");

  private final List<String> command = new ArrayList<>(List.of(COMPILER, "-w", "-xc"));
  private final Path source;
  private final Path program;

  /** What the compiler found for a place. */
  record Measure(long size, long offset) {}

  /** {@code folder}: of the headers, or null for the compiler's own choice. */
  CHeaders(String folder, Path target) throws IOException {
    command.addAll(List.of("-iquote", "src/main/jextract"));
    if (folder != null) {
      String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");
      command.addAll(List.of("-I", folder, "-I", folder + "/" + architecture + "-linux-gnu"));
    }
    source = Files.createDirectories(target).resolve("places.c");
    program = target.resolve("places");
  }

  /** Whether there is a compiler at all, and the headers that the bindings are generated from. */
  boolean areUsable() {
    try {
      return compile(List.of(), Set.of()).status == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Of the places that these headers know; the others are left out of the result. */
  Map<Place, Measure> measure(List<Place> places) throws IOException {
    Set<Integer> unknown = new TreeSet<>();
    Output compiled = compile(places, unknown);
    // Again and again, because clang stops at the twentieth error.
    while (compiled.status != 0 && addErrors(compiled.text, unknown)) {
      compiled = compile(places, unknown);
    }
    if (compiled.status != 0) {
      throw new AssertionError(compiled.text);
    }
    Map<Place, Measure> measures = new HashMap<>();
    for (String line : run(List.of(program.toString())).text.lines().toList()) {
      String[] words = line.split(" ", 3);
      measures.put(
          places.get(Integer.parseInt(words[0])),
          new Measure(Long.parseLong(words[1]), Long.parseLong(words[2])));
    }
    return measures;
  }

  private Output compile(List<Place> places, Set<Integer> unknown) throws IOException {
    StringBuilder c = new StringBuilder();
    // First the one that says which of the C library's declarations are wanted.
    c.append("#include \"libc.h\"\n#include \"libbpf.h\"\n#include \"uapi.h\"\n");
    c.append("static const struct { size_t place, size, offset; } measures[] = {\n");
    // One place a line: the number of an error's line says which one is unknown.
    c.append("#line 1 \"place\"\n");
    for (int i = 0; i < places.size(); i++) {
      if (!unknown.contains(i)) {
        Place place = places.get(i);
        c.append("{%d, %s, %s},".formatted(i, place.sizeInC(), place.offsetInC()));
      }
      c.append('\n');
    }
    c.append(
        """
        };
        int main(void) {
          for (size_t i = 0; i < sizeof(measures) / sizeof(*measures); i++)
            printf("%zu %zu %zu\\n", measures[i].place, measures[i].size, measures[i].offset);
        }
        """);
    Files.writeString(source, c);
    List<String> full = new ArrayList<>(command);
    full.addAll(List.of(source.toString(), "-o", program.toString()));
    return run(full);
  }

  private static boolean addErrors(String text, Set<Integer> unknown) {
    boolean added = false;
    Matcher error = ERROR.matcher(text);
    while (error.find()) {
      if (!NOT_IN_THESE_HEADERS.matcher(error.group(2)).find()) {
        throw new AssertionError(error.group());
      }
      added |= unknown.add(Integer.parseInt(error.group(1)) - 1);
    }
    return added;
  }

  private record Output(int status, String text) {}

  private static Output run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Output(process.waitFor(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
