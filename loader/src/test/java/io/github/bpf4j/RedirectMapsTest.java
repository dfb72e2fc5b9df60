package io.github.bpf4j;

import static io.github.bpf4j.MapRequests.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.CpuMap;
import io.github.bpf4j.map.Descriptor;
import io.github.bpf4j.map.DevMap;
import io.github.bpf4j.map.DevMap.Target;
import io.github.bpf4j.map.DevMapHash;
import io.github.bpf4j.map.ProgramArray;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.map.XskMap;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.NativeSocket;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where XDP programs send frames, and what they jump to. */
@KernelTest
final class RedirectMapsTest {
  private static final int DROP = 1;
  private static final int REDIRECT = 4;
  private static final int SIZE = 4;

  private BpfObject object;

  @BeforeEach
  void load() {
    object = TestObjects.load("redirect_maps");
  }

  @AfterEach
  void close() {
    object.close();
  }

  @Test
  void aJumpLeadsToTheProgramOfItsSlot() {
    ProgramArray jumps = object.map("jumps").programArray();
    BpfProgram one = object.program("target_one");
    BpfProgram two = object.program("target_two");
    assertEquals(SIZE, jumps.size());
    assertEquals(100, run(object, "jump", 0), "an empty slot does nothing");
    jumps.set(0, one);
    jumps.set(3, two);
    assertEquals(101, run(object, "jump", 0));
    assertEquals(100, run(object, "jump", 1));
    assertEquals(102, run(object, "jump", 3));
    assertEquals(OptionalInt.of(two.info().id()), jumps.programId(3));
    assertEquals(OptionalInt.empty(), jumps.programId(1));
    jumps.set(0, two);
    assertEquals(102, run(object, "jump", 0));
    assertTrue(jumps.clear(0));
    assertFalse(jumps.clear(0));
    assertEquals(100, run(object, "jump", 0));
    assertThrows(IndexOutOfBoundsException.class, () -> jumps.set(SIZE, one));
    assertThrows(IndexOutOfBoundsException.class, () -> jumps.clear(-1));
    BpfProgram other = object.program("target_of_another_type");
    BpfException refused = assertThrows(BpfException.class, () -> jumps.set(1, other));
    assertEquals(Errno.EINVAL, refused.errno().orElseThrow());
    assertTrue(refused.sentence().contains("of another type"), refused.sentence());
    BpfException noProgram =
        assertThrows(BpfException.class, () -> jumps.set(1, object.map("jumps")));
    assertTrue(noProgram.errno().orElseThrow() > 0, noProgram.sentence());
  }

  @Test
  void aFrameGoesToTheDeviceOfItsSlot() throws Exception {
    try (TestNetwork network = new TestNetwork()) {
      int left = network.device("left").index();
      int right = network.device("right").index();
      network.run(
          () -> {
            DevMap devices = object.map("devmap").devMap();
            assertEquals(Optional.empty(), devices.lookup(1));
            assertEquals(DROP, run(object, "to_devmap", 1));
            devices.set(1, left);
            assertEquals(REDIRECT, run(object, "to_devmap", 1));
            assertEquals(Optional.of(new Target(left, 0)), devices.lookup(1));
            BpfProgram program = object.program("before_device");
            devices.set(2, right, program);
            Target target = new Target(right, program.info().id());
            assertEquals(Optional.of(target), devices.lookup(2));
            assertEquals(Map.of(1, new Target(left, 0), 2, target), devices.snapshot().toMap());
            assertTrue(devices.snapshot().isComplete());
            assertEquals(List.of(MapDump.hex(left) + "00000000"), dump("devmap").get("01000000"));
            devices.clear(1);
            devices.clear(1);
            assertEquals(DROP, run(object, "to_devmap", 1));
            assertThrows(IllegalArgumentException.class, () -> devices.set(1, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> devices.set(SIZE, left));
            refuses("no such device in this network namespace", () -> devices.set(1, 1_000_000));
            BpfProgram other = object.program("on_cpu");
            refuses("the program is no XDP program for devices", () -> devices.set(1, left, other));
          });
    }
  }

  @Test
  void aFrameGoesToTheDeviceOfItsKey() throws Exception {
    try (TestNetwork network = new TestNetwork()) {
      int left = network.device("left").index();
      int right = network.device("right").index();
      network.run(
          () -> {
            DevMapHash devices = object.map("devmap_hash").devMapHash();
            assertEquals(DROP, run(object, "to_devmap_hash", 1000));
            assertTrue(devices.add(1000, left));
            assertFalse(devices.add(1000, right));
            assertEquals(REDIRECT, run(object, "to_devmap_hash", 1000));
            assertEquals(Optional.of(new Target(left, 0)), devices.lookup(1000));
            BpfProgram program = object.program("before_device");
            devices.update(1, right, program);
            assertEquals(
                Map.of(1000, new Target(left, 0), 1, new Target(right, program.info().id())),
                devices.snapshot().toMap());
            devices.update(2, left);
            devices.update(3, left);
            refuses("it is full: it holds 4 entries", () -> devices.update(4, left));
            assertTrue(devices.delete(1000));
            assertFalse(devices.delete(1000));
            assertEquals(Optional.empty(), devices.lookup(1000));
            assertEquals(3, dump("devmap_hash").size());
            // A device takes its entries with it.
            Commands.run("ip", "link", "del", "left");
            assertEquals(0, devices.snapshot().size());
          });
    }
  }

  @Test
  void valuesOfFourBytesHaveNoRoomForAProgram() throws Exception {
    try (TestNetwork network = new TestNetwork()) {
      int left = network.device("left").index();
      network.run(
          () -> {
            DevMap devices = object.map("devices_only").devMap();
            devices.set(0, left);
            assertEquals(REDIRECT, run(object, "to_devices_only", 0));
            assertEquals(Optional.of(new Target(left, 0)), devices.lookup(0));
            BpfProgram program = object.program("before_device");
            refuses("no room for a program", () -> devices.set(0, left, program));
          });
    }
  }

  @Test
  void aFrameGoesToTheCpuOfItsKey() {
    CpuMap cpus = object.map("cpumap").cpuMap();
    assertEquals(DROP, run(object, "to_cpumap", 0));
    cpus.set(0, 192);
    assertEquals(REDIRECT, run(object, "to_cpumap", 0));
    assertEquals(Optional.of(new CpuMap.Target(192, 0)), cpus.lookup(0));
    BpfProgram program = object.program("on_cpu");
    cpus.set(0, 64, program);
    CpuMap.Target target = new CpuMap.Target(64, program.info().id());
    assertEquals(Map.of(0, target), cpus.snapshot().toMap());
    cpus.clear(0);
    cpus.clear(0);
    assertEquals(Optional.empty(), cpus.lookup(0));
    assertEquals(DROP, run(object, "to_cpumap", 0));
    assertThrows(IllegalArgumentException.class, () -> cpus.set(0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> cpus.set(SIZE, 1));
    refuses("a queue holds 16384 frames at most", () -> cpus.set(0, 16_385));
    refuses("there is no such CPU", () -> cpus.set(SIZE - 1, 1));
    BpfProgram other = object.program("before_device");
    refuses("the program is no XDP program for CPUs", () -> cpus.set(0, 1, other));
  }

  @Test
  void aFrameGoesToTheSocketOfItsQueue() {
    XskMap sockets = object.map("xskmap").xskMap();
    try (NativeSocket xdp = NativeSocket.xdp();
        NativeSocket other = NativeSocket.xdp();
        NativeSocket udp = NativeSocket.udp()) {
      Descriptor socket = Descriptor.of(xdp.fd());
      assertEquals(SIZE, sockets.size());
      assertEquals(DROP, run(object, "to_xskmap", 2));
      assertFalse(sockets.set(2, socket, Update.EXIST));
      assertTrue(sockets.set(2, socket, Update.NO_EXIST));
      assertFalse(sockets.set(2, Descriptor.of(other.fd()), Update.NO_EXIST));
      assertEquals(REDIRECT, run(object, "to_xskmap", 2));
      sockets.clear(2);
      sockets.clear(2);
      assertEquals(DROP, run(object, "to_xskmap", 2));
      assertThrows(IndexOutOfBoundsException.class, () -> sockets.set(SIZE, socket, Update.ANY));
      refuses("no socket of AF_XDP", () -> sockets.set(0, Descriptor.of(udp.fd()), Update.ANY));
    }
  }

  private static void refuses(String reason, Executable call) {
    BpfException refused = assertThrows(BpfException.class, call);
    assertTrue(refused.sentence().contains(reason), refused.sentence());
  }

  private Map<String, List<String>> dump(String name) {
    return MapDump.of(object.map(name).info().id());
  }
}
