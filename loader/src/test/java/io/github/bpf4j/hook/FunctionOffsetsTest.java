package io.github.bpf4j.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of this machine's C library, against what readelf says of it. */
final class FunctionOffsetsTest {
  private static final String LIBC = BinaryPath.of("libc.so.6");

  @TempDir private Path folder;

  @Test
  void functionsAreWhereReadelfSeesThem() {
    List<String> names = List.of("getpgrp", "getpgid", "getppid");
    // A library's code is mapped so that addresses and offsets differ by whole pages, or not at
    // all.
    List<Long> offsets = FunctionOffsets.of(LIBC, names);
    for (int i = 0; i < names.size(); i++) {
      assertEquals(address(names.get(i)) & 0xfff, offsets.get(i) & 0xfff, names.get(i));
    }
    assertEquals(List.of(), FunctionOffsets.of(LIBC, List.of()));
  }

  private static long address(String function) {
    return Commands.run("readelf", "--wide", "--dyn-syms", LIBC)
        .lines()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(words -> words.length > 7 && words[7].startsWith(function + "@"))
        .mapToLong(words -> Long.parseLong(words[1], 16))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsNotThereIsNamed() {
    BpfException refused =
        assertThrows(
            BpfException.class, () -> FunctionOffsets.of(LIBC, List.of("getpgid", "nonsense")));
    assertTrue(refused.sentence().contains("function nonsense in " + LIBC), refused::sentence);
    assertThrows(BpfException.class, () -> FunctionOffsets.of("/nowhere", List.of("main")));
  }

  @Test
  void malformedFilesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(LIBC));
    for (int size : new int[] {0, 63, 64, 4096, whole.length - 1000}) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, size));
      assertThrows(
          BpfException.class, () -> FunctionOffsets.of(cut.toString(), List.of("getpgid")));
    }
  }
}
