package io.github.bpf4j.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MountsTest {
  private static final String TABLE =
      """
      proc /proc proc rw,nosuid 0 0
      bpf /sys/fs/bpf bpf rw,nosuid,nodev,mode=700 0 0
      none /mnt/with\\040blank\\134and\\011tab bpf rw 0 0
      bpf /sys/fs/bpf bpf rw 0 0
      cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
      short
      """;

  @Test
  void placesAreFoundByTypeEachOnce() {
    assertEquals(
        List.of(Path.of("/sys/fs/bpf"), Path.of("/mnt/with blank\\and\ttab")),
        Mounts.ofType("bpf", TABLE));
    assertEquals(List.of(Path.of("/sys/fs/cgroup/unified")), Mounts.ofType("cgroup2", TABLE));
    assertEquals(List.of(), Mounts.ofType("nfs", TABLE));
    assertEquals(List.of(), Mounts.ofType("bpf", ""));
  }

  @Test
  void thisProcessHasProc() {
    assertEquals(List.of(Path.of("/proc")), Mounts.ofType("proc"));
  }
}
