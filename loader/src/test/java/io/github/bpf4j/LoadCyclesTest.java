package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Soak;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Objects and maps that come and go: 200 times, 10,000 with {@code -Dbpf4j.soak=true}, in a JVM
 * whose heap does not change, so that what grows is native.
 */
@KernelTest
final class LoadCyclesTest {
  private static final long TIMES = Soak.times(200, 10_000);

  /** Until all code is compiled and all pools are filled. */
  private static final int WARM_UP = 100;

  private static final long PAGE_BYTES = 4096;
  private static final long MOST_GROWTH = 16 << 20;

  @Test
  void nothingGrows() {
    ChildJvm.Result result =
        ChildJvm.run(
            Cycles.class,
            List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
            Long.toString(TIMES));
    assertEquals(0, result.status(), result.output() + result.errors());
    String[] grown = result.output().strip().split(" ", -1);
    assertEquals(0, Integer.parseInt(grown[0]), "file descriptors");
    assertTrue(Long.parseLong(grown[1]) < MOST_GROWTH, grown[1] + " bytes");
  }

  /** Prints by how many descriptors and bytes it has grown. */
  static final class Cycles {
    private Cycles() {}

    public static void main(String[] arguments) throws IOException {
      long times = Long.parseLong(arguments[0]);
      for (int i = 0; i < WARM_UP; i++) {
        cycle();
      }
      int descriptors = descriptors();
      long resident = resident();
      for (long i = 0; i < times; i++) {
        cycle();
      }
      System.out.println((descriptors() - descriptors) + " " + (resident() - resident));
    }

    private static void cycle() {
      try (BpfObject object = TestObjects.load("xdp1_kern")) {
        object.program("xdp_prog1").run(RunInput.packet(Frames.ipv4(17)));
        long[] counts = new long[256];
        object.map("rxcnt").counters().read(counts);
        if (counts[17] != 1) {
          throw new AssertionError(counts[17] + " frames");
        }
      }
      try (OwnedBpfMap map = BpfMap.create(MapSpec.of(BpfMapType.HASH, 4, 8, 10))) {
        map.hash(Codec.s32(), Codec.u64()).update(1, 1L);
        try (OwnedBpfMap same = BpfMap.openById(map.info().id())) {
          if (same.hash(Codec.s32(), Codec.u64()).snapshot().size() != 1) {
            throw new AssertionError("the entry is lost");
          }
        }
      }
    }

    private static int descriptors() {
      return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    private static long resident() throws IOException {
      System.gc();
      String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1];
      return Long.parseLong(pages) * PAGE_BYTES;
    }
  }
}
