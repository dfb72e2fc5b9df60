package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.net.PacketSocket;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.ChildJvm.Result;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Root without some of its capabilities: the message names the one that is missing. */
@KernelTest
final class PermissionTest {
  /** Tries one thing, in a process that lacks what it takes. */
  static final class Child {
    public static void main(String[] args) {
      try (AutoCloseable _ = attempt(args[0])) {
        System.out.print("succeeded");
      } catch (Exception e) {
        String sentence = e instanceof BpfException bpf ? bpf.sentence() : e.toString();
        System.out.print(e.getClass().getSimpleName() + ": " + sentence);
      }
    }

    private static AutoCloseable attempt(String what) {
      return switch (what) {
        case "load" -> TestObjects.load("xdp1_kern");
        case "send" -> PacketSocket.on(NetworkDevice.of("lo"));
        case "namespace" -> NetworkNamespace.create();
        default -> throw new IllegalArgumentException(what);
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "load, bpf sys_admin, CAP_BPF",
    "load, sys_admin net_admin, CAP_NET_ADMIN",
    "load, bpf sys_admin net_admin, CAP_BPF and CAP_NET_ADMIN",
    "send, net_raw, CAP_NET_RAW",
    "namespace, sys_admin, CAP_SYS_ADMIN",
  })
  void theMissingCapabilityIsNamed(String what, String capabilities, String named) {
    Result child = ChildJvm.without(capabilities, Child.class, what);
    String output = child.output();
    assertTrue(output.startsWith("BpfPermissionException: cannot "), output + child.errors());
    assertTrue(output.contains("(EPERM"), output);
    assertTrue(output.contains("; this thread lacks " + named + ": "), output);
    assertEquals(0, child.status());
  }

  @ParameterizedTest
  @CsvSource({
    "load, sys_admin net_raw",
    "send, bpf sys_admin net_admin",
    "namespace, bpf net_admin net_raw"
  })
  void whatOtherCapabilitiesAllowWorksWithoutThese(String what, String capabilities) {
    Result child = ChildJvm.without(capabilities, Child.class, what);
    assertEquals("succeeded", child.output(), child.errors());
  }

  @Test
  void aUserNamespaceIsNamed() {
    Result child =
        ChildJvm.under(List.of("unshare", "--user", "--map-root-user"), Child.class, "load");
    String output = child.output();
    assertTrue(output.startsWith("BpfPermissionException: cannot load"), output + child.errors());
    assertTrue(output.contains("this process is in a user namespace"), output);
    assertTrue(output.contains("token"), output);
  }
}
