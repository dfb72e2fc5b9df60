package io.github.bpf4j.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.system.BpfHost.Jit;
import io.github.bpf4j.system.BpfHost.Lockdown;
import io.github.bpf4j.system.BpfHost.Unprivileged;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.Capability;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files of /proc and /sys tell, in a folder that looks like them. */
final class BpfHostTest {
  @TempDir private Path root;

  @Test
  void allThatFilesTell() throws IOException {
    write("proc/sys/kernel/osrelease", "6.1.0-44-amd64\n");
    write("proc/sys/kernel/unprivileged_bpf_disabled", "2\n");
    write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
    write("proc/self/mounts", "bpf /sys/fs/bpf bpf rw 0 0\nbpf /mnt/a\\040b bpf rw 0 0\n");
    write("sys/kernel/btf/vmlinux", "");
    write(
        "proc/self/limits",
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max locked memory         8388608              unlimited            bytes
        """);
    write("proc/sys/net/core/bpf_jit_enable", "1\n");
    write("proc/sys/net/core/bpf_jit_harden", "2\n");
    write("proc/sys/net/core/bpf_jit_limit", "528482304\n");
    assertEquals(
        new BpfHost(
            "6.1.0-44-amd64",
            Set.of(Capability.BPF),
            Unprivileged.FORBIDDEN,
            Lockdown.INTEGRITY,
            List.of(Path.of("/sys/fs/bpf"), Path.of("/mnt/a b")),
            Optional.of(root.resolve("sys/kernel/btf/vmlinux")),
            OptionalLong.of(8388608),
            new Jit(Jit.Mode.ON, Jit.Hardening.ALL, OptionalLong.of(528482304))),
        inspect(Capability.BPF));
  }

  @Test
  void whatNoFileTellsIsUnknown() {
    assertEquals(
        new BpfHost(
            "",
            Set.of(),
            Unprivileged.UNKNOWN,
            Lockdown.UNKNOWN,
            List.of(),
            Optional.empty(),
            OptionalLong.empty(),
            new Jit(Jit.Mode.UNKNOWN, Jit.Hardening.UNKNOWN, OptionalLong.empty())),
        inspect());
  }

  @ParameterizedTest
  @CsvSource({"7", "-1", "''", "yes", "99999999999999999999"})
  void whatIsNoChoiceIsUnknown(String content) throws IOException {
    write("proc/sys/kernel/unprivileged_bpf_disabled", content);
    assertEquals(Unprivileged.UNKNOWN, inspect().unprivileged());
  }

  @Test
  void capabilitiesAllowTypesOfPrograms() {
    BpfHost host = inspect(Capability.BPF, Capability.NET_ADMIN);
    assertTrue(host.allows(BpfProgramType.XDP));
    assertTrue(host.allows(BpfProgramType.SOCKET_FILTER));
    assertFalse(host.allows(BpfProgramType.KPROBE));
    assertFalse(inspect().allows(BpfProgramType.XDP));
  }

  @Test
  void thisMachineTells() {
    BpfHost host = BpfHost.inspect();
    assertEquals(System.getProperty("os.version"), host.kernel());
    assertEquals(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), host.kernelBtf().isPresent());
    Commands.Result limit = Commands.result("cat", "/proc/sys/net/core/bpf_jit_limit");
    assertEquals(
        limit.status() == 0
            ? OptionalLong.of(Long.parseLong(limit.output().strip()))
            : OptionalLong.empty(),
        host.jit().limitBytes());
  }

  @Test
  void theConfigurationIsReadWhereverItIs() throws IOException {
    assertEquals(Optional.empty(), KernelConfig.read(root, "6.1"));
    write("boot/config-6.1", "# CONFIG_BPF_LSM is not set\nCONFIG_BPF=y\nCONFIG_HZ=250\n");
    KernelConfig config = KernelConfig.read(root, "6.1").orElseThrow();
    assertEquals(Optional.of("250"), config.value("CONFIG_HZ"));
    assertTrue(config.isEnabled("CONFIG_BPF"));
    assertFalse(config.isEnabled("CONFIG_HZ"));
    assertFalse(config.isEnabled("CONFIG_BPF_LSM"));
    Path packed = root.resolve("proc/config.gz");
    Files.createDirectories(packed.getParent());
    try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(packed))) {
      bytes.write("CONFIG_BPF=m\nCONFIG_A=\"b=c\"\n".getBytes(StandardCharsets.US_ASCII));
    }
    config = KernelConfig.read(root, "6.1").orElseThrow();
    assertTrue(config.isEnabled("CONFIG_BPF"), "the running kernel's own word counts first");
    assertEquals(Optional.of("\"b=c\""), config.value("CONFIG_A"));
    assertEquals(Optional.empty(), config.value("CONFIG_HZ"));
  }

  private BpfHost inspect(Capability... capabilities) {
    return BpfHost.inspect(new HostFiles(root), Set.of(capabilities));
  }

  private void write(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
