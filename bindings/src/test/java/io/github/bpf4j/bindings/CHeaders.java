package io.github.bpf4j.bindings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/**
 * Asks a C compiler what this machine's headers, or those of a folder, say of a struct. What it
 * compiles never runs, so it may be a compiler for another machine.
 */
final class CHeaders {
  private static final String COMPILER = System.getenv().getOrDefault("CC", "cc");
  // Stands in the object in front of the numbers.
  private static final String MARK = "measures of bpf4j begin here: ";
  private static final Pattern ERROR = Pattern.compile("place:(\\d+):.* error: (.*)");
  private static final Pattern NOT_IN_THESE_HEADERS =
      Pattern.compile("no member named|incomplete (definition of )?type|undefined type");

  private final List<String> command = new ArrayList<>();
  private final Path source;
  private final Path object;

  /** What the compiler found for a place. */
  record Measure(long size, long offset) {}

  /** {@code folder}: of the headers, or null for the compiler's own choice. */
  static CHeaders ofThisMachine(String folder, Path target) throws IOException {
    CHeaders headers = new CHeaders(COMPILER, target);
    if (folder != null) {
      String architecture = System.getProperty("os.arch").replace("amd64", "x86_64");
      headers.command.addAll(
          List.of("-I", folder, "-I", folder + "/" + architecture + "-linux-gnu"));
    }
    return headers;
  }

  /**
   * By the cross compiler for an architecture, with the kernel's and the C library's headers of it.
   */
  static CHeaders of(String architecture, Path target) throws IOException {
    CHeaders headers = new CHeaders(architecture + "-linux-gnu-gcc", target);
    // Last, for libbpf's headers, which are the same everywhere.
    headers.command.addAll(List.of("-idirafter", "/usr/include"));
    return headers;
  }

  private CHeaders(String compiler, Path target) throws IOException {
    command.addAll(List.of(compiler, "-w", "-xc", "-c", "-iquote", "src/main/jextract"));
    source = Files.createDirectories(target).resolve("places.c");
    object = target.resolve("places.o");
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
    ByteBuffer numbers = numbers();
    for (int i = 0; i < places.size(); i++) {
      if (!unknown.contains(i)) {
        measures.put(places.get(i), new Measure(numbers.getLong(), numbers.getLong()));
      }
    }
    return measures;
  }

  /**
   * What the compiler put behind the mark. All architectures here are of 64 bits, little-endian.
   */
  private ByteBuffer numbers() throws IOException {
    byte[] bytes = Files.readAllBytes(object);
    // One character a byte.
    int mark = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MARK);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(mark + MARK.length() + 2);
  }

  private Output compile(List<Place> places, Set<Integer> unknown) throws IOException {
    StringBuilder c = new StringBuilder();
    // First the one that says which of the C library's declarations are wanted.
    c.append("#include \"libc.h\"\n#include \"libbpf.h\"\n#include \"uapi.h\"\n");
    c.append("const struct { char mark[32]; unsigned long measures[][2]; } measures = {\n");
    c.append("\"").append(MARK).append("\", {\n");
    // One place a line: the number of an error's line says which one is unknown.
    c.append("#line 1 \"place\"\n");
    for (int i = 0; i < places.size(); i++) {
      if (!unknown.contains(i)) {
        Place place = places.get(i);
        c.append("{%s, %s},".formatted(place.sizeInC(), place.offsetInC()));
      }
      c.append('\n');
    }
    c.append("}};\n");
    Files.writeString(source, c);
    List<String> full = new ArrayList<>(command);
    full.addAll(List.of(source.toString(), "-o", object.toString()));
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
