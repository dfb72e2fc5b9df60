package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.PerCpuMap;
import io.github.bpf4j.map.Snapshot;
import io.github.bpf4j.map.TypedMap;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.TestCgroup;
import io.github.bpf4j.testing.TestObjects;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The storages of before 6.2, whose entries the kernel makes when a program is attached. */
@KernelTest
final class CgroupStorageTest {
  @Test
  void eachAttachmentHasAnEntry() {
    try (TestCgroup cgroup = new TestCgroup();
        BpfObject object = TestObjects.load("cgroup_maps")) {
      TypedMap<byte[], Long> sockets = object.map("sockets").typed(Codec.bytes(16), Codec.u64());
      PerCpuMap<byte[], Long> perCpu =
          object.map("sockets_per_cpu").perCpu(Codec.bytes(16), Codec.u64());
      assertEquals(0, sockets.snapshot().size());
      attach("attach", cgroup, object);
      cgroup.run("exec 3<>/dev/udp/127.0.0.1/9");
      Snapshot<byte[], Long> snapshot = sockets.snapshot();
      assertTrue(snapshot.isComplete());
      assertEquals(1, snapshot.size());
      byte[] key = snapshot.entries().getFirst().getKey();
      assertEquals(1, snapshot.entries().getFirst().getValue());
      assertEquals(Optional.of(1L), sockets.lookup(key));
      assertEquals(OptionalLong.of(1), perCpu.sum(key, Long::longValue));
      assertEquals(1, perCpu.snapshot(Long::sum).entries().getFirst().getValue());
      sockets.update(key, 10L);
      perCpu.updateEach(key, 100L);
      cgroup.run("exec 3<>/dev/udp/127.0.0.1/9");
      assertEquals(Optional.of(11L), sockets.lookup(key));
      assertEquals(OptionalLong.of(100L * perCpu.cpus() + 1), perCpu.sum(key, Long::longValue));
      Map<String, List<String>> dump = MapDump.of(object.map("sockets").info().id());
      // Linux 5.10 tells of a key after the last one, which has no value.
      dump.values().removeIf(List::isEmpty);
      assertEquals(Map.of(HexFormat.of().formatHex(key), List.of("0b00000000000000")), dump);
      byte[] other = new byte[16];
      assertEquals(Optional.empty(), sockets.lookup(other));
      assertFalse(sockets.update(other, 1L, Update.EXIST));
      BpfException made = assertThrows(BpfException.class, () -> sockets.update(other, 1L));
      assertTrue(made.sentence().contains("ENOENT"), made.sentence());
      attach("detach", cgroup, object);
      assertEquals(Optional.of(11L), sockets.lookup(key), "it goes with its cgroup");
    }
  }

  private static void attach(String verb, TestCgroup cgroup, BpfObject object) {
    String id = Integer.toString(object.program("count_sockets").info().id());
    Commands.run("bpftool", "cgroup", verb, cgroup.folder().toString(), "sock_create", "id", id);
  }
}
