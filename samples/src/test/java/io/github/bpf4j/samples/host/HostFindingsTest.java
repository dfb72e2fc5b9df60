package io.github.bpf4j.samples.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.samples.host.Finding.State;
import io.github.bpf4j.system.BpfHost;
import io.github.bpf4j.system.BpfHost.Jit;
import io.github.bpf4j.system.BpfHost.Lockdown;
import io.github.bpf4j.system.BpfHost.Unprivileged;
import io.github.bpf4j.uapi.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of hosts of all kinds. */
final class HostFindingsTest {
  private static final Jit JIT =
      new Jit(Jit.Mode.ON, Jit.Hardening.UNPRIVILEGED, OptionalLong.empty());

  private static final BpfHost ROOT =
      new BpfHost(
          "6.12.1-amd64",
          Set.of(Capability.values()),
          Unprivileged.FORBIDDEN,
          Lockdown.NONE,
          List.of(Path.of("/sys/fs/bpf")),
          Optional.of(Path.of("/sys/kernel/btf/vmlinux")),
          OptionalLong.of(65536),
          JIT);

  private static Finding of(BpfHost host, String subject) {
    List<Finding> found =
        HostFindings.of(host).stream().filter(each -> each.subject().equals(subject)).toList();
    assertEquals(1, found.size(), () -> HostFindings.of(host).toString());
    return found.getFirst();
  }

  private static BpfHost host(String kernel, Capability... capabilities) {
    return new BpfHost(
        kernel,
        Set.of(capabilities),
        Unprivileged.ALLOWED,
        Lockdown.CONFIDENTIALITY,
        List.of(),
        Optional.empty(),
        OptionalLong.of(65536),
        new Jit(Jit.Mode.OFF, Jit.Hardening.OFF, OptionalLong.empty()));
  }

  @Test
  void aHostThatHasAllLacksNothing() {
    List<Finding> lacking =
        HostFindings.of(ROOT).stream()
            .filter(each -> each.state() != State.OK)
            // What this machine itself is, no BpfHost says.
            .filter(each -> !List.of("tracefs", "libbpf").contains(each.subject()))
            .toList();
    assertEquals(List.of(), lacking);
  }

  @ParameterizedTest
  @CsvSource({
    "CAP_BPF, MISSING, AmbientCapabilities=CAP_BPF",
    "CAP_NET_ADMIN, MISSING, AmbientCapabilities=CAP_NET_ADMIN",
    "CAP_PERFMON, MISSING, AmbientCapabilities=CAP_PERFMON",
    "CAP_SYS_ADMIN, NOTE, run it by sudo",
    "unprivileged, NOTE, sysctl kernel.unprivileged_bpf_disabled=2",
    "lockdown, MISSING, lockdown=integrity",
    "kernel BTF, MISSING, CONFIG_DEBUG_INFO_BTF=y",
    "bpffs, MISSING, mount -t bpf bpf /sys/fs/bpf",
    "JIT, NOTE, sysctl net.core.bpf_jit_enable=1",
    "locked memory, MISSING, ulimit -l unlimited"
  })
  void whatIsMissingHasAWayOut(String subject, State state, String wayOut) {
    Finding finding = of(host("5.10.0-44-amd64"), subject);
    assertEquals(state, finding.state());
    assertTrue(finding.wayOut().contains(wayOut), finding.toString());
  }

  @Test
  void theLimitOfLockedMemoryIsForOldKernelsWithoutTheCapability() {
    assertEquals(
        State.OK, of(host("5.10.0-44-amd64", Capability.SYS_RESOURCE), "locked memory").state());
    assertTrue(
        HostFindings.of(host("5.11.0")).stream()
            .noneMatch(each -> each.subject().equals("locked memory")));
  }

  @ParameterizedTest
  @CsvSource({"5.9.16, MISSING", "4.19.0-27-amd64, MISSING", "5.10.0, OK", "6.1, OK", "7.2.3, OK"})
  void aKernelMayBeTooOld(String release, State state) {
    assertEquals(state, of(host(release), "kernel").state());
  }
}
