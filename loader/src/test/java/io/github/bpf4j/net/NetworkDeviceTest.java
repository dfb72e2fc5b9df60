package io.github.bpf4j.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices by name and by number. Looking them up takes no privilege. */
final class NetworkDeviceTest {
  @Test
  void theLoopbackDeviceIsFoundByNameAndByIndex() {
    NetworkDevice loopback = NetworkDevice.of("lo");
    assertEquals("lo", loopback.name());
    assertEquals(loopback, NetworkDevice.of(loopback.index()));
    assertTrue(NetworkDevice.all().contains(loopback));
    assertTrue(loopback.exists());
    assertEquals("lo", loopback.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nope", "", "a-name-that-is-longer-than-15-bytes", "with space", "../lo", "ló"})
  void anUnknownNameListsThoseThatExist(String name) {
    BpfException unknown = assertThrows(BpfException.class, () -> NetworkDevice.of(name));
    String start = "cannot find interface " + name + ": there is no such interface (ENODEV); ";
    assertTrue(unknown.sentence().startsWith(start), unknown.sentence());
    assertListed(unknown);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 0, -1})
  void anUnknownIndexListsThoseThatExist(int index) {
    BpfException unknown = assertThrows(BpfException.class, () -> NetworkDevice.of(index));
    assertTrue(unknown.sentence().contains("interface with index " + index + ":"));
    assertListed(unknown);
    assertFalse(new NetworkDevice("gone", index).exists());
  }

  private static void assertListed(BpfException unknown) {
    assertEquals(Errno.ENODEV, unknown.errno().orElseThrow());
    List<String> names = NetworkDevice.all().stream().map(NetworkDevice::name).toList();
    assertTrue(names.contains("lo"));
    assertEquals("there are: " + String.join(", ", names), unknown.hint().orElseThrow());
  }

  @Test
  @KernelTest
  void theNamespaceOfTheThreadDecides() throws Exception {
    try (TestNetwork network = new TestNetwork()) {
      List<NetworkDevice> inside = network.call(NetworkDevice::all);
      assertEquals(
          List.of("left", "lo", "right"),
          inside.stream().map(NetworkDevice::name).sorted().toList());
      NetworkDevice left = network.device("left");
      assertTrue(inside.contains(left));
      network.run(() -> assertTrue(left.exists()));
      assertThrows(BpfException.class, () -> NetworkDevice.of("left"), "not out here");
    }
  }

  @Test
  @KernelTest
  void aRenamedDeviceKeepsItsIndexAndARemovedOneIsGone() throws Exception {
    try (TestNetwork network = new TestNetwork()) {
      network.run(
          () -> {
            NetworkDevice left = NetworkDevice.of("left");
            Commands.run("ip", "link", "set", "dev", "left", "down");
            Commands.run("ip", "link", "set", "dev", "left", "name", "moved");
            assertTrue(left.exists());
            assertEquals(new NetworkDevice("moved", left.index()), NetworkDevice.of(left.index()));
            assertThrows(BpfException.class, () -> NetworkDevice.of("left"));
            Commands.run("ip", "link", "del", "moved");
            assertFalse(left.exists());
          });
    }
  }
}
