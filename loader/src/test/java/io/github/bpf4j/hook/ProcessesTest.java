package io.github.bpf4j.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.Errno;
import io.github.bpf4j.uapi.BpfAttachType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /proc} and errnos mean. */
final class ProcessesTest {
  private static final String AFTER = " 1 7 7 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0";

  @ParameterizedTest
  @CsvSource({"S, 4711", "R, 4711", "D, 4711", "Z, -1", "X, -1"})
  void aProcessThatEndedIsNone(String state, long started) {
    assertEquals(started, Processes.startTicks("7 (java) " + state + AFTER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a) Z 1", "(((", "x (y) z", "\u00ff\u00fe"})
  void aCommandMayHaveAnyName(String name) {
    assertEquals(4711, Processes.startTicks("7 (" + name + ") S" + AFTER));
  }

  @Test
  void aDeviceThatIsNoNetkitDeviceHasNoNetkitHook() {
    for (int errno : new int[] {Errno.ENXIO, Errno.EACCES, Errno.ENODEV}) {
      assertTrue(SharedHook.isNoHook(BpfAttachType.NETKIT_PRIMARY, errno));
      assertTrue(SharedHook.isNoHook(BpfAttachType.NETKIT_PEER, errno));
      assertFalse(SharedHook.isNoHook(BpfAttachType.TCX_INGRESS, errno));
    }
    assertTrue(SharedHook.isNoHook(BpfAttachType.TCX_INGRESS, Errno.EINVAL));
    assertFalse(SharedHook.isNoHook(BpfAttachType.NETKIT_PEER, Errno.EPERM));
  }
}
