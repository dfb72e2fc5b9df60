package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.libbpf.Libbpf;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfLinkType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A congestion control of TCP in BPF, on a connection over a loopback device. */
@KernelTest
final class StructOpsTest {
  private static final Path AVAILABLE =
      Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control");

  @Test
  void theKernelCallsItsFunctions() throws Exception {
    try (TestNetwork network = new TestNetwork();
        BpfObject object = TestObjects.load("struct_ops")) {
      try (BpfLink link = object.attachStructOps("ours")) {
        assertTrue(link.isAttached());
        assertTrue(available().contains("bpf4j_ours"), available());
        network.run(() -> exchange("bpf4j_ours"));
        assertThrows(IllegalStateException.class, link::info);
        assertThrows(BpfUnsupportedException.class, () -> link.update(object.program("ssthresh")));
        BpfException refused =
            assertThrows(BpfException.class, () -> object.attachStructOps("ours"));
        assertTrue(refused.sentence().contains("struct_ops ours"), refused::toString);
      }
      assertFalse(available().contains("bpf4j_ours"), available());
    }
  }

  @Test
  void withoutALinkItStaysWhenItIsLeft() throws Exception {
    int map;
    try (BpfObject object = TestObjects.load("struct_ops");
        BpfLink link = object.attachStructOps("ours")) {
      map = object.map("ours").info().id();
      link.leaveAttached();
    }
    assertTrue(available().contains("bpf4j_ours"), available());
    Commands.run("bpftool", "struct_ops", "unregister", "id", Integer.toString(map));
    assertFalse(available().contains("bpf4j_ours"), available());
  }

  @Test
  void whatAnotherUnregisteredIsNotAttachedAnyMore() throws Exception {
    try (BpfObject object = TestObjects.load("struct_ops")) {
      BpfLink link = object.attachStructOps("ours");
      String map = Integer.toString(object.map("ours").info().id());
      Commands.run("bpftool", "struct_ops", "unregister", "id", map);
      assertFalse(link.isAttached());
      assertFalse(link.detach());
    }
  }

  @Test
  void aSecondOneOfTheNameIsRefused() {
    try (BpfObject object = TestObjects.load("struct_ops");
        BpfObject second = TestObjects.load("struct_ops");
        BpfLink link = object.attachStructOps("ours")) {
      BpfException refused = assertThrows(BpfException.class, () -> second.attachStructOps("ours"));
      assertTrue(refused.sentence().contains("the kernel has one of that name"), refused::toString);
      assertTrue(link.isAttached());
      assertThrows(BpfException.class, () -> object.attachStructOps("nonsense"));
    }
  }

  @Test
  @Requires(KernelFeature.STRUCT_OPS_LINK)
  void byALinkItGoesWithTheLink() throws Exception {
    if (!Libbpf.isAtLeast(1, 2)) {
      BpfUnsupportedException refused =
          assertThrows(
              BpfUnsupportedException.class, () -> TestObjects.open("struct_ops_link").close());
      assertTrue(refused.sentence().contains("section .struct_ops.link"), refused::toString);
      assertTrue(refused.sentence().contains("libbpf 1.2 brought it"), refused::toString);
      return;
    }
    try (BpfObject object = TestObjects.load("struct_ops_link")) {
      try (BpfLink link = object.attachStructOps("ours")) {
        assertEquals(BpfLinkType.STRUCT_OPS, link.info().type());
        assertTrue(available().contains("bpf4j_linked"), available());
        assertThrows(IllegalStateException.class, link::leaveAttached);
      }
      assertFalse(available().contains("bpf4j_linked"), available());
    }
  }

  private static String available() throws Exception {
    return Files.readString(AVAILABLE);
  }

  private static void exchange(String control) throws Exception {
    Commands.run("ip", "link", "set", "dev", "lo", "up");
    Files.writeString(Path.of("/proc/sys/net/ipv4/tcp_congestion_control"), control);
    InetSocketAddress local = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(local);
        SocketChannel client = SocketChannel.open(listener.getLocalAddress());
        SocketChannel server = listener.accept()) {
      int port = ((InetSocketAddress) client.getLocalAddress()).getPort();
      String used = Commands.run("ss", "-tin", "sport", "=", ":" + port);
      assertTrue(used.contains(control), used);
      client.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertEquals(3, server.read(ByteBuffer.allocate(16)));
    }
  }
}
