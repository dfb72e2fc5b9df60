package io.github.bpf4j.system;

import io.github.bpf4j.libbpf.HeldCapabilities;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.Capability;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What this machine lets this process do with BPF, as files of {@code /proc} and {@code /sys} tell
 * it; what the kernel itself can do, {@link FeatureProbes} ask. Takes no capability and no libbpf;
 * what a file does not tell this user is {@code UNKNOWN} or empty.
 *
 * @param kernel its release, such as {@code "6.1.0-44-amd64"}
 * @param capabilities of the calling thread, as far as BPF takes them
 * @param unprivileged whether users without CAP_BPF may load programs
 * @param lockdown what the kernel keeps even from root
 * @param bpfFileSystems where file systems of type {@code bpf} are mounted, for pins
 * @param kernelBtf the kernel's own types, which CO-RE and tracing take
 * @param lockedMemoryLimit the limit of locked memory in bytes, empty when there is none; kernels
 *     without {@link BpfFeature#MEMCG_ACCOUNTING} count maps and programs against it
 * @param jit how programs become machine code
 */
public record BpfHost(
    String kernel,
    Set<Capability> capabilities,
    Unprivileged unprivileged,
    Lockdown lockdown,
    List<Path> bpfFileSystems,
    Optional<Path> kernelBtf,
    OptionalLong lockedMemoryLimit,
    Jit jit) {

  /** {@code kernel.unprivileged_bpf_disabled}. */
  public enum Unprivileged {
    /** Everybody may load socket filters and programs of cgroups. */
    ALLOWED,
    /** Nobody without CAP_BPF, until the next boot. */
    FORBIDDEN_FOR_GOOD,
    /** Nobody without CAP_BPF, until root changes it. */
    FORBIDDEN,
    /** The kernel does not tell. */
    UNKNOWN
  }

  /** The security module of that name: {@code /sys/kernel/security/lockdown}. */
  public enum Lockdown {
    /** Nothing is kept. */
    NONE,
    /** The running kernel cannot be changed: no {@code bpf_probe_write_user}. */
    INTEGRITY,
    /** Nor read: no {@code bpf_probe_read_kernel}, so hardly any tracing. */
    CONFIDENTIALITY,
    /** The kernel has no such module, or does not tell. */
    UNKNOWN
  }

  /**
   * How programs become machine code: {@code net.core.bpf_jit_*}, which only root may read.
   *
   * @param mode whether they do
   * @param hardening whose programs have their constants blinded, which makes them slower
   * @param limitBytes how much machine code users without CAP_BPF may have in all
   */
  public record Jit(Mode mode, Hardening hardening, OptionalLong limitBytes) {
    /** {@code bpf_jit_enable}. */
    public enum Mode {
      /** They are interpreted. */
      OFF,
      ON,
      /** The machine code also goes to the kernel's log. */
      ON_WITH_TRACE,
      UNKNOWN
    }

    /** {@code bpf_jit_harden}. */
    public enum Hardening {
      OFF,
      /** Of users without CAP_BPF. */
      UNPRIVILEGED,
      ALL,
      UNKNOWN
    }
  }

  public BpfHost {
    EnumSet<Capability> ordered = EnumSet.noneOf(Capability.class);
    ordered.addAll(capabilities);
    capabilities = Collections.unmodifiableSet(ordered);
    bpfFileSystems = List.copyOf(bpfFileSystems);
  }

  /** Looks, now. */
  public static BpfHost inspect() {
    return inspect(new HostFiles(Path.of("/")), HeldCapabilities.all());
  }

  static BpfHost inspect(HostFiles files, Set<Capability> capabilities) {
    return new BpfHost(
        files.line("proc/sys/kernel/osrelease").orElse(""),
        capabilities,
        files.choice("proc/sys/kernel/unprivileged_bpf_disabled", Unprivileged.values()),
        lockdown(files),
        Mounts.ofType("bpf", files.text("proc/self/mounts")),
        files.existing("sys/kernel/btf/vmlinux"),
        files.limit("Max locked memory"),
        new Jit(
            files.choice("proc/sys/net/core/bpf_jit_enable", Jit.Mode.values()),
            files.choice("proc/sys/net/core/bpf_jit_harden", Jit.Hardening.values()),
            files.number("proc/sys/net/core/bpf_jit_limit")));
  }

  /** The file holds all words, the current one in brackets: {@code none [integrity] …}. */
  private static Lockdown lockdown(HostFiles files) {
    String words = files.text("sys/kernel/security/lockdown");
    for (Lockdown lockdown : Lockdown.values()) {
      if (words.contains("[" + lockdown.name().toLowerCase(Locale.ROOT) + "]")) {
        return lockdown;
      }
    }
    return Lockdown.UNKNOWN;
  }

  /** Whether the thread that looked has what loading and attaching programs of a type takes. */
  public boolean allows(BpfProgramType type) {
    return capabilities.containsAll(Capability.neededBy(type));
  }
}
