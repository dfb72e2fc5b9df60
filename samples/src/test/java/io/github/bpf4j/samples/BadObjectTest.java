package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.samples.CommandLineProcess.Result;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that cannot be used, given to the real command line. */
@KernelTest
final class BadObjectTest {
  private static final String WHAT_IS_ONE = "a BPF object is what clang -target bpf -c makes";

  private TestNetwork network;
  @TempDir private Path folder;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  private void assertRefused(Path object, String reason, String... more) throws Exception {
    network.run(
        () -> {
          Result result = run(object, more);
          assertTrue(result.sentence().contains(reason), result.sentence());
          assertTrue(result.sentence().contains(nameOf(object)), result.sentence());
          assertEquals("", result.out());
          Hook.assertFree();
        });
  }

  private static String nameOf(Path object) {
    return object.getFileName().toString().replaceFirst("\\.o$", "");
  }

  private static Result run(Path object, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("xdp1", Hook.DEVICE, "--object"));
    arguments.add(object.toString());
    arguments.addAll(List.of(more));
    return Bpf4j.run(arguments.toArray(String[]::new));
  }

  private Path file(byte[] content) throws Exception {
    return Files.write(folder.resolve("some.o"), content);
  }

  /** The first 64 bytes of an object file for a machine, and zeros after them. */
  private static byte[] elfHeader(int machine) {
    return ByteBuffer.allocate(1000)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1})
        .putShort(16, (short) 1)
        .putShort(18, (short) machine)
        .array();
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    assertRefused(folder.resolve("missing.o"), "no such file");
  }

  @Test
  void aFolderIsNoObject() throws Exception {
    assertRefused(folder, "cannot open ");
  }

  @Test
  void anEmptyFileIsNoObject() throws Exception {
    assertRefused(file(new byte[0]), "it is empty; " + WHAT_IS_ONE);
  }

  @Test
  void textIsNoObject() throws Exception {
    Path text = folder.resolve("text.o");
    assertRefused(Files.writeString(text, "int main() {}\n".repeat(20)), "it is not an ELF file");
    assertRefused(Files.writeString(text, "short"), "it is not an ELF file: 5 bytes");
  }

  @Test
  void anObjectForAnotherMachineIsRefused() throws Exception {
    assertRefused(file(elfHeader(62)), "it is an ELF file for x86-64, not for BPF; " + WHAT_IS_ONE);
  }

  @Test
  void aProgramOfThisMachineIsRefused() throws Exception {
    assertRefused(Path.of(System.getProperty("java.home"), "bin", "java"), "not for BPF");
  }

  @Test
  void theOtherByteOrderIsRefused() throws Exception {
    assertRefused(
        TestObjects.file("big_endian"), "it is big-endian, this machine is little-endian");
  }

  @Test
  void anObjectThatIsCutOffIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(TestObjects.file("xdp1_kern"));
    for (int length : new int[] {64, whole.length / 2, whole.length - 1}) {
      assertRefused(file(Arrays.copyOf(whole, length)), "cannot open ");
    }
  }

  @Test
  void anObjectWithoutProgramsIsRefused() throws Exception {
    assertRefused(TestObjects.file("no_programs"), "it has no programs");
  }

  @Test
  void mapsOfTodayWithoutTypesSayHowToGetThem() throws Exception {
    assertRefused(
        TestObjects.file("section_xdp1_nobtf"),
        "BTF defines the maps of SEC(\".maps\"), and it has none (ENOENT); compile it with -g");
  }

  @Test
  void aProgramForSomethingElseIsRefused() throws Exception {
    assertRefused(
        TestObjects.file("socket_filter"),
        "it has no XDP program: accept_all is of type SOCKET_FILTER (section socket); SEC(\"xdp\")"
            + " makes one");
  }

  @Test
  void severalProgramsAndMapsAreListed() throws Exception {
    Path object = TestObjects.file("two_programs");
    assertRefused(object, "choose one with --program: first, second");
    assertRefused(object, "choose one with --map: first_counts, second_counts", "--program=first");
  }

  @Test
  void anObjectWithoutMapsHasNoCounters() throws Exception {
    assertRefused(
        TestObjects.file("foreign_xdp"),
        "it has no PERCPU_ARRAY with values of 8 bytes to read counters from, and no other map");
  }

  @Test
  void theVerifierSpeaksBeforeTheMapsAreLookedAt() throws Exception {
    assertRefused(TestObjects.file("rejected"), "the verifier refused it: ");
  }

  @Test
  void aRefusedObjectOfIproute2LeavesNoFolderInBpffs() throws Exception {
    String script =
        "mount -t bpf bpf /sys/fs/bpf && \"$@\"; s=$?; find /sys/fs/bpf/ -type d; exit $s";
    network.run(
        () -> {
          Result result =
              Bpf4j.command(
                      "xdp1",
                      Hook.DEVICE,
                      "--object",
                      TestObjects.file("legacy_iproute2").toString())
                  .under("unshare", "--mount", "bash", "-c", script, "bash")
                  .run();
          assertTrue(result.sentence().contains("it has no XDP program"), result.sentence());
          assertEquals("/sys/fs/bpf/\n", result.out());
        });
  }

  @Test
  void unknownNamesListThoseThatExist() throws Exception {
    Path object = TestObjects.file("two_programs");
    assertRefused(object, "first, second", "--program=third");
    assertRefused(object, "first_counts, second_counts", "--program=first", "--map=third");
  }

  @Test
  void theVerifiersReasonIsTold() throws Exception {
    Path object = rejected();
    assertRefused(object, "the verifier refused it: invalid bpf_context access off=4100 size=4");
    assertRefused(object, "; at: void *end = (void *)(long)frame->data_end;");
    network.run(
        () -> {
          Result brief = run(object);
          assertTrue(brief.err().endsWith("bpf4j: --verbose prints the whole verifier log\n"));
          Result whole = run(object, "--verbose");
          assertEquals(1, whole.status());
          assertTrue(whole.err().lines().anyMatch(line -> line.startsWith("0: (")), whole.err());
          assertTrue(whole.err().contains("processed "), whole.err());
          Hook.assertFree();
        });
  }

  /** xdp1 itself, made to look for the frame's end where the context has no such field. */
  private Path rejected() throws Exception {
    byte[] elf = Files.readAllBytes(TestObjects.file("xdp1_kern"));
    ByteBuffer object = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
    for (int offset = 0; offset + 8 <= elf.length; offset += 8) {
      // BPF_LDX | BPF_W from r1, the context, at offset 4: data_end.
      if (elf[offset] == 0x61
          && (elf[offset + 1] >>> 4) == 1
          && object.getShort(offset + 2) == 4
          && object.getInt(offset + 4) == 0) {
        object.putShort(offset + 2, (short) 4100);
        return file(elf);
      }
    }
    throw new AssertionError("xdp1_kern.o does not load data_end");
  }
}
