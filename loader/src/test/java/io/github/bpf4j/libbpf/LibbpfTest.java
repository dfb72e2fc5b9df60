package io.github.bpf4j.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.ChildJvm.Result;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which libbpf is taken, and what is said when it will not do. Needs libbpf and no privilege. */
final class LibbpfTest {
  @TempDir private Path folder;

  /** Uses libbpf twice, as a caller who goes on after the first failure would. */
  static final class Child {
    public static void main(String[] args) throws IOException {
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println("version " + Libbpf.version());
        } catch (BpfException e) {
          System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
      }
      for (String library : mapped("libbpf")) {
        System.out.println("mapped " + library);
      }
    }
  }

  private static List<String> mapped(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(line -> line.contains("/" + name))
        .map(line -> line.substring(line.indexOf('/')))
        .distinct()
        .toList();
  }

  @Test
  void theSystemsLibbpfIsFoundAndAtLeast1() {
    String[] version = Libbpf.version().split("\\.", -1);
    assertEquals(2, version.length);
    assertTrue(Integer.parseInt(version[0]) >= 1, version[0]);
  }

  @Test
  void aLibbpfThatIsNamedAndMissingIsOneSentence() {
    String sentence = refusal("/nonexistent/libbpf.so.1");
    assertTrue(sentence.contains("/nonexistent/libbpf.so.1"), sentence);
    assertTrue(sentence.contains("no such file"), sentence);
    assertTrue(sentence.contains("-Dbpf4j.libbpf names it"), sentence);
  }

  @Test
  void aFileThatIsNoLibraryIsOneSentence() throws IOException {
    Path text = Files.writeString(folder.resolve("libbpf.so.1"), "not a library");
    String sentence = refusal(text.toString());
    assertTrue(sentence.contains(text.toString()), sentence);
    assertTrue(sentence.contains("it is no library for this machine"), sentence);
    assertEquals("", use(text.toString()).errors(), "and nothing of the JVM's own");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 16, 18})
  void aLibraryForAnotherMachineIsOneSentence(int field) throws IOException {
    Libbpf.require();
    byte[] bytes = Files.readAllBytes(Path.of(mapped("libbpf.so").getFirst()));
    bytes[field]++;
    Path other = Files.write(folder.resolve("libbpf.so.1"), bytes);
    assertTrue(refusal(other.toString()).contains("it is no library for this machine"));
    assertEquals("", use(other.toString()).errors());
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 100, 50_000, 200_000})
  void aLibraryThatWasCutOffIsOneSentence(int length) throws IOException {
    Libbpf.require();
    byte[] bytes = Files.readAllBytes(Path.of(mapped("libbpf.so").getFirst()));
    Path part = Files.write(folder.resolve("libbpf.so.1"), Arrays.copyOf(bytes, length));
    String sentence = refusal(part.toString());
    assertTrue(sentence.contains(length < 64 ? "no library" : "not a whole library"), sentence);
  }

  @Test
  void aFolderIsOneSentence() {
    assertTrue(refusal(folder.toString()).contains("it cannot be read: "));
  }

  @Test
  void anotherLibraryIsOneSentence() throws IOException {
    String libc = mapped("libc.so").getFirst();
    String sentence = refusal(libc);
    assertTrue(sentence.contains(libc), sentence);
  }

  @Test
  void theLibbpfThatIsNamedIsTheOneInUse() throws IOException {
    Libbpf.require();
    Path copy = folder.resolve("libbpf-copy.so");
    Files.copy(Path.of(mapped("libbpf.so").getFirst()), copy);
    Result child = use(copy.toString());
    String version = "version " + Libbpf.version();
    assertEquals(
        List.of(version, version, "mapped " + copy.toRealPath()), child.output().lines().toList());
    assertEquals("", child.errors());
  }

  @Test
  void aFunctionThatIsThereMayBeCalled() {
    Libbpf.requireFunction("bpf_object__load");
  }

  @Test
  void aFunctionThatIsMissingIsNamedWithTheVersionFoundAndTheOneNeeded() {
    String function =
        Arrays.stream(libbpf_h.class.getMethods())
            .map(Method::getName)
            .filter(LibbpfTest::isMissing)
            .findFirst()
            .orElseGet(
                () -> Assumptions.abort("this libbpf has all the functions of the bindings"));
    BpfUnsupportedException missing =
        assertThrows(
            BpfUnsupportedException.class, () -> Libbpf.requireFunction(function), function);
    assertEquals(
        "cannot call "
            + function
            + ": libbpf "
            + Libbpf.version()
            + " lacks it; libbpf "
            + Libbpf.since(function)
            + " brought it",
        missing.sentence());
  }

  private static boolean isMissing(String function) {
    if (!Libbpf.since(function).matches("1\\.[1-9]\\d*\\.0")) {
      return false;
    }
    try {
      Libbpf.requireFunction(function);
      return false;
    } catch (BpfUnsupportedException e) {
      return true;
    }
  }

  @Test
  void aFunctionThatNoVersionHasIsRefusedToo() {
    BpfUnsupportedException missing =
        assertThrows(
            BpfUnsupportedException.class, () -> Libbpf.requireFunction("bpf_object__fly"));
    assertTrue(missing.sentence().contains("a later version"), missing.sentence());
  }

  @Test
  void versionsThatBroughtFunctionsAreKnown() {
    assertEquals("0.7.0", Libbpf.since("bpf_xdp_attach"));
    assertEquals("1.3.0", Libbpf.since("bpf_program__attach_tcx"));
    assertEquals("a later version", Libbpf.since("bpf_program__attach_"));
  }

  /** The sentence with which a libbpf is refused, the same each time it is asked for. */
  private static String refusal(String library) {
    Result child = use(library);
    assertEquals(0, child.status(), child.output());
    List<String> lines =
        child.output().lines().filter(line -> !line.startsWith("mapped ")).toList();
    assertEquals(2, lines.size(), child.output());
    assertFalse(child.errors().contains("\tat "), child.errors());
    assertEquals(lines.get(0), lines.get(1), "the second time as the first");
    String start = "BpfUnsupportedException: cannot use " + library + ": ";
    assertTrue(lines.getFirst().startsWith(start), lines.getFirst());
    assertTrue(lines.getFirst().contains("; "), "the way out: " + lines.getFirst());
    return lines.getFirst();
  }

  private static Result use(String library) {
    return ChildJvm.run(Child.class, List.of("-D" + Libbpf.PROPERTY + "=" + library));
  }
}
