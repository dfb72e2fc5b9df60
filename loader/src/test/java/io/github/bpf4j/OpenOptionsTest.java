package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types of another kernel, and tokens. */
@KernelTest
final class OpenOptionsTest {
  private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf/vmlinux");
  private static final Path CORE = TestObjects.file("core");

  @TempDir private Path folder;

  /** What bpftool leaves of the kernel's types for one object. */
  @Test
  void relocationsTakeTheTypesOfAFile() {
    Path least = folder.resolve("least.btf");
    Commands.run(
        "bpftool", "gen", "min_core_btf", KERNEL_BTF.toString(), least.toString(), CORE.toString());
    try (BpfObject object = open(least).load()) {
      assertTrue(object.program("use_kernel_types").info().id() > 0);
    }
    try (BpfObject object = open(KERNEL_BTF).load()) {
      assertTrue(object.program("use_kernel_types").info().id() > 0);
    }
  }

  /** A kernel whose types have nothing that the object looks for. */
  @Test
  void typesThatAreNotInTheFileAreMissed() throws IOException {
    Path other = folder.resolve("other.btf");
    Commands.run(
        "llvm-objcopy",
        "--dump-section",
        ".BTF=" + other,
        TestObjects.file("xdp1_kern").toString(),
        folder.resolve("copy.o").toString());
    assertTrue(Files.size(other) > 0);
    OpenBpfObject open = open(other);
    BpfException refused = assertThrows(BpfException.class, open::load);
    assertTrue(refused.sentence().contains("core"), refused::sentence);
  }

  @Test
  void whatIsNoBtfIsRefusedBeforeLibbpfSeesIt() throws IOException {
    Path cut = folder.resolve("cut.btf");
    byte[] whole = Files.readAllBytes(KERNEL_BTF);
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    BpfException refused = assertThrows(BpfObjectFormatException.class, () -> open(cut));
    assertTrue(refused.sentence().contains(cut.toString()), refused::sentence);
    refused = assertThrows(BpfException.class, () -> open(CORE));
    assertTrue(refused.sentence().contains("it is an ELF file"), refused::sentence);
    refused = assertThrows(BpfException.class, () -> open(folder.resolve("none")));
    assertTrue(refused.sentence().contains("cannot read BTF " + folder), refused::sentence);
  }

  @Test
  void aTokenTakesALibbpfThatKnowsThem() {
    OpenOptions options = OpenOptions.defaults().tokenFrom(Path.of("/sys/fs/bpf"));
    assertEquals(Optional.of(Path.of("/sys/fs/bpf")), options.tokenFrom());
    String version = BpfSystem.libbpfVersion();
    int minor = Integer.parseInt(version.substring(version.indexOf('.') + 1));
    if (version.startsWith("1.") && minor < 5) {
      BpfUnsupportedException refused =
          assertThrows(BpfUnsupportedException.class, () -> BpfObject.open(CORE, options));
      assertTrue(
          refused.sentence().contains("libbpf " + version + " lacks it; libbpf 1.5 brought it"),
          refused::sentence);
    } else {
      // This bpffs belongs to no user namespace.
      OpenBpfObject open = BpfObject.open(CORE, options);
      assertThrows(BpfException.class, open::load);
    }
  }

  private static OpenBpfObject open(Path btf) {
    OpenOptions options = OpenOptions.defaults().kernelBtf(btf);
    assertEquals(Optional.of(btf), options.kernelBtf());
    return BpfObject.open(CORE, options);
  }
}
