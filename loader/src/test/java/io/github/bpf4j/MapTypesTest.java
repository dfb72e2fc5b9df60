package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.CName;
import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys and values as the map's own BTF describes them, whoever made the map. */
@KernelTest
final class MapTypesTest {
  record Flow(
      @CName("source") Inet4Address from,
      @CName("destination") Inet4Address to,
      int port,
      short protocol) {}

  record Usage(long packets, long bytes, String device) {}

  @Test
  void aForeignMapIsReadByItsOwnTypes() throws Exception {
    try (BpfObject object = TestObjects.load("typed_maps");
        OwnedBpfMap map = BpfMap.openById(object.map("flows").info().id());
        Arena arena = Arena.ofConfined()) {
      object.program("count_flow").run(RunInput.packet(Frames.arp()));
      Codec<Flow> keys = Codec.of(Flow.class, map.keyType().orElseThrow());
      Codec<Usage> values = Codec.of(Usage.class, map.valueType().orElseThrow());
      MemorySegment key = arena.allocate(keys.size());
      MemorySegment value = arena.allocate(values.size());
      Flow flow = new Flow(address("10.0.0.1"), address("10.0.0.2"), 443, (short) 6);
      keys.write(key, 0, flow);
      assertTrue(map.lookup(key, value), "the key is the program's, padding and all");
      assertEquals(new Usage(3, 4000, "eth0"), values.read(value, 0));
      assertTrue(map.firstKey(key));
      assertEquals(flow, keys.read(key, 0));
    }
  }

  private static Inet4Address address(String text) throws Exception {
    return (Inet4Address) InetAddress.getByName(text);
  }

  @Test
  void aMapWithoutTypesHasNone() {
    try (BpfObject object = TestObjects.load("typed_maps")) {
      assertEquals(Optional.empty(), object.map("untyped").keyType());
      assertEquals(Optional.empty(), object.map("untyped").valueType());
      assertEquals("struct flow", object.map("flows").keyType().orElseThrow().toString());
    }
  }
}
