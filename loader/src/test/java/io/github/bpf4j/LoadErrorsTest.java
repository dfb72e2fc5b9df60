package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.ChildJvm.Result;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no good object: an exception with one sentence, and no crash. */
final class LoadErrorsTest {
  @TempDir private Path folder;

  @Test
  void aMissingFileIsSaidToBeMissing() {
    Path file = folder.resolve("none.o");
    BpfException refused = refused(file);
    assertEquals("cannot open " + file + ": there is no such file", refused.sentence());
    assertInstanceOf(NoSuchFileException.class, refused.getCause());
  }

  @Test
  void aFolderCannotBeRead() {
    String sentence = refused(folder).sentence();
    assertTrue(sentence.startsWith("cannot open " + folder + ": it cannot be read"), sentence);
  }

  @Test
  void anEmptyFileIsSaidToBeEmpty() throws IOException {
    says(Files.createFile(folder.resolve("empty.o")), "it is empty");
  }

  @Test
  void textIsNoElf() throws IOException {
    Path text = Files.writeString(folder.resolve("text.o"), "int main;\n".repeat(100));
    says(text, "it is not an ELF file");
  }

  @Test
  void aProgramOfThisMachineIsNoBpfObject() {
    says(Path.of(System.getProperty("java.home"), "bin", "java"), "it is an ELF file for");
  }

  @Test
  void theOtherByteOrderIsRefused() {
    says(TestObjects.file("big_endian"), "it is big-endian, this machine is little-endian");
  }

  private static void says(Path file, String reason) {
    BpfException refused = refused(file);
    assertInstanceOf(BpfObjectFormatException.class, refused);
    assertTrue(refused.sentence().contains(file + ": " + reason), refused.sentence());
  }

  private static BpfException refused(Path file) {
    BpfException refused = assertThrows(BpfException.class, () -> BpfObject.open(file));
    assertEquals(1, refused.sentence().lines().count());
    return refused;
  }

  @Test
  @KernelTest
  void anObjectWithoutProgramsLoadsItsMaps() {
    try (BpfObject object = TestObjects.load("no_programs")) {
      assertEquals(List.of(), object.programs());
      assertEquals("lonely", object.map("lonely").info().name());
      BpfException none = assertThrows(BpfException.class, () -> object.program("any"));
      assertTrue(none.sentence().endsWith("it has none"), none.sentence());
    }
  }

  @Test
  @KernelTest
  void aFunctionThatNobodyCallsIsNoProgram() {
    try (OpenBpfObject open = TestObjects.open("only_called")) {
      assertEquals(List.of(), open.programs());
      try (BpfObject object = open.load()) {
        assertEquals(List.of(), object.programs());
      }
    }
  }

  @Test
  @KernelTest
  void bytesAreAsGoodAsAFile() throws IOException {
    byte[] elf = Files.readAllBytes(TestObjects.file("xdp1_kern"));
    try (BpfObject object = BpfObject.open(elf, "by bytes").load()) {
      Arrays.fill(elf, (byte) 0);
      assertEquals("by bytes", object.name());
      assertEquals("xdp_prog1", object.program("xdp_prog1").info().name());
    }
  }

  @Test
  void aHeaderAloneIsRefusedBeforeLibbpfSeesIt() throws IOException {
    byte[] header = Arrays.copyOf(Files.readAllBytes(TestObjects.file("xdp1_kern")), 64);
    BpfObjectFormatException refused =
        assertThrows(BpfObjectFormatException.class, () -> BpfObject.open(header, "header").load());
    assertTrue(refused.sentence().contains("section table"), refused.sentence());
    assertTrue(refused.log().isEmpty(), refused.toString());
  }

  /** Loads every truncation of an object; in a JVM of its own, for libbpf may crash. */
  static final class Truncations {
    public static void main(String[] args) throws IOException {
      byte[] whole = Files.readAllBytes(TestObjects.file(args[0]));
      int refused = 0;
      for (int length = 0; length < whole.length; length += 7) {
        try (BpfObject _ = BpfObject.open(Arrays.copyOf(whole, length), "cut").load()) {
          System.out.println("loaded " + length + " bytes of " + whole.length);
        } catch (BpfException e) {
          refused++;
        }
      }
      System.out.println("refused " + refused);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdp1_kern", "maps", "no_programs"})
  void everyTruncationIsRefused(String object) throws IOException {
    Result child =
        ChildJvm.run(
            Truncations.class, List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=off"), object);
    long lengths = Math.ceilDiv(Files.size(TestObjects.file(object)), 7);
    assertEquals("refused " + lengths + "\n", child.output(), child.errors());
    assertEquals(0, child.status(), child.errors());
  }
}
