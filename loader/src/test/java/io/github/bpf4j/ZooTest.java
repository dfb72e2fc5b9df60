package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.libbpf.Libbpf;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An object for each type of program and each type of map, with and without BTF: what {@code
 * bpftool} loads loads, and what does not is told in one sentence.
 */
@KernelTest
final class ZooTest {
  private static final Path FOLDER = Path.of("../native/target/test-objects/zoo");

  /** What every kernel that has BPF at all loads, so that this test tests something. */
  private static final List<String> COMMON =
      List.of(
          "program-socket.o",
          "program-xdp.o",
          "program-tc_nobtf.o",
          "program-old_xdp.o",
          "program-old_socket_nobtf.o",
          "map-hash.o",
          "map-array.o",
          "map-percpu_array.o",
          "map-ringbuf_odd.o");

  static List<String> objects() throws IOException {
    Commands.run("make", "--directory=../native", "--silent", "zoo");
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("objects")
  void whatBpftoolLoadsLoads(String object) {
    Path file = FOLDER.resolve(object);
    boolean shall = COMMON.contains(object) || (bpftoolIsComparable() && bpftoolLoads(file));
    try (OpenBpfObject open = BpfObject.open(file)) {
      open.load().close();
    } catch (BpfException e) {
      assertEquals(1, e.sentence().lines().count(), e.sentence());
      assertTrue(e.sentence().length() > 40, e.sentence());
      assertTrue(!shall, e.getMessage());
    }
  }

  /** With a libbpf of its own that is newer than ours, it knows more. */
  private static boolean bpftoolIsComparable() {
    Matcher version =
        Pattern.compile("libbpf v(\\d+\\.\\d+)").matcher(Commands.run("bpftool", "version"));
    return version.find() && version.group(1).equals(Libbpf.version());
  }

  private static boolean bpftoolLoads(Path file) {
    // In a mount namespace, so that its pins are gone with it.
    return Commands.succeeds(
        "unshare",
        "--mount",
        "sh",
        "-c",
        "mount -t bpf bpf /sys/fs/bpf && exec bpftool prog loadall \"$1\" /sys/fs/bpf/zoo",
        "bpftool",
        file.toString());
  }
}
