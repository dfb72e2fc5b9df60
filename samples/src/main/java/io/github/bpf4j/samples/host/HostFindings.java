package io.github.bpf4j.samples.host;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.system.BpfHost;
import io.github.bpf4j.system.BpfHost.Jit;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.uapi.Capability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a host can do, what is missing, and what gives it. */
final class HostFindings {
  private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final int OLDEST = version(5, 10);
  private static final int COUNTS_FOR_THE_CGROUP = version(5, 11);
  private static final Path EVENTS = Path.of("/sys/kernel/tracing/events");
  private static final Path EVENTS_OF_OLD = Path.of("/sys/kernel/debug/tracing/events");

  private HostFindings() {}

  static List<Finding> of(BpfHost host) {
    List<Finding> findings = new ArrayList<>();
    findings.add(kernel(host));
    findings.add(libbpf());
    findings.addAll(capabilities(host));
    findings.add(unprivileged(host));
    findings.add(lockdown(host));
    findings.add(kernelBtf(host));
    findings.add(bpffs(host));
    findings.add(events());
    findings.add(jit(host));
    if (version(host) < COUNTS_FOR_THE_CGROUP) {
      findings.add(lockedMemory(host));
    }
    return findings;
  }

  private static int version(int major, int minor) {
    return major * 1000 + minor;
  }

  private static int version(BpfHost host) {
    Matcher release = RELEASE.matcher(host.kernel());
    return release.matches()
        ? version(Integer.parseInt(release.group(1)), Integer.parseInt(release.group(2)))
        : 0;
  }

  private static Finding kernel(BpfHost host) {
    String words = "Linux " + host.kernel();
    return version(host) < OLDEST
        ? Finding.missing("kernel", words + ", older than 5.10", "a newer kernel")
        : Finding.ok("kernel", words);
  }

  private static Finding libbpf() {
    try {
      return Finding.ok("libbpf", BpfSystem.libbpfVersion());
    } catch (BpfException e) {
      return Finding.missing("libbpf", e.sentence(), e.hint().orElse(""));
    }
  }

  private static List<Finding> capabilities(BpfHost host) {
    List<Finding> findings = new ArrayList<>();
    for (Capability capability :
        List.of(Capability.BPF, Capability.NET_ADMIN, Capability.PERFMON, Capability.SYS_ADMIN)) {
      String purpose = purpose(capability);
      if (host.capabilities().contains(capability)) {
        findings.add(Finding.ok(capability.toString(), "may " + purpose));
      } else {
        String wayOut = "run it by sudo, or give the service AmbientCapabilities=" + capability;
        findings.add(
            capability == Capability.SYS_ADMIN
                ? Finding.note(capability.toString(), "may not " + purpose, wayOut)
                : Finding.missing(capability.toString(), "may not " + purpose, wayOut));
      }
    }
    return findings;
  }

  private static String purpose(Capability capability) {
    return switch (capability) {
      case BPF -> "load programs and make maps";
      case NET_ADMIN -> "attach to the network";
      case PERFMON -> "trace";
      case SYS_ADMIN -> "see what others have loaded, and enter namespaces";
      case NET_RAW -> "send raw frames";
      case SYS_RESOURCE -> "lock more memory";
    };
  }

  private static Finding unprivileged(BpfHost host) {
    String subject = "unprivileged";
    return switch (host.unprivileged()) {
      case FORBIDDEN -> Finding.ok(subject, "users without CAP_BPF load nothing");
      case FORBIDDEN_FOR_GOOD ->
          Finding.ok(subject, "users without CAP_BPF load nothing until the next boot");
      case ALLOWED ->
          Finding.note(
              subject,
              "every user may load socket filters, which distributions forbid",
              "sysctl kernel.unprivileged_bpf_disabled=2");
      case UNKNOWN -> Finding.note(subject, "the kernel does not tell", "");
    };
  }

  private static Finding lockdown(BpfHost host) {
    String subject = "lockdown";
    return switch (host.lockdown()) {
      case NONE -> Finding.ok(subject, "none");
      case UNKNOWN -> Finding.ok(subject, "the kernel has none, or does not tell this user");
      case INTEGRITY -> Finding.note(subject, "integrity: no bpf_probe_write_user", "");
      case CONFIDENTIALITY ->
          Finding.missing(
              subject,
              "confidentiality: programs read nothing of the kernel, so tracing sees next to"
                  + " nothing",
              "boot with lockdown=integrity");
    };
  }

  private static Finding kernelBtf(BpfHost host) {
    return host.kernelBtf()
        .map(file -> Finding.ok("kernel BTF", file.toString()))
        .orElseGet(
            () ->
                Finding.missing(
                    "kernel BTF",
                    "CO-RE, fentry, LSM and iterators need the kernel's types",
                    "a kernel with CONFIG_DEBUG_INFO_BTF=y; for CO-RE alone a file of its types,"
                        + " by OpenOptions.kernelBtf and --btf"));
  }

  private static Finding bpffs(BpfHost host) {
    return host.bpfFileSystems().isEmpty()
        ? Finding.missing("bpffs", "pins have no place to be in", "mount -t bpf bpf /sys/fs/bpf")
        : Finding.ok(
            "bpffs",
            host.bpfFileSystems().stream().map(Path::toString).collect(Collectors.joining(", ")));
  }

  private static Finding events() {
    String subject = "tracefs";
    for (Path events : List.of(EVENTS, EVENTS_OF_OLD)) {
      if (Files.isDirectory(events)) {
        return Finding.ok(subject, String.valueOf(events.getParent()));
      }
    }
    return Finding.note(
        subject,
        "tracepoints are found by it, and this user sees none",
        "as root: mount -t tracefs tracefs /sys/kernel/tracing");
  }

  private static Finding jit(BpfHost host) {
    Jit.Mode mode = host.jit().mode();
    if (mode == Jit.Mode.OFF) {
      return Finding.note(
          "JIT", "off: programs are interpreted, slowly", "sysctl net.core.bpf_jit_enable=1");
    }
    String words = mode == Jit.Mode.UNKNOWN ? "only root is told" : "on";
    return host.jit().hardening() == Jit.Hardening.ALL
        ? Finding.note(
            "JIT",
            words + ", hardened for all: programs are slower",
            "sysctl net.core.bpf_jit_harden=1")
        : Finding.ok("JIT", words);
  }

  private static Finding lockedMemory(BpfHost host) {
    String subject = "locked memory";
    if (host.lockedMemoryLimit().isEmpty()
        || host.capabilities().contains(Capability.SYS_RESOURCE)) {
      return Finding.ok(subject, "maps and programs may take what they need");
    }
    return Finding.missing(
        subject,
        "maps and programs may take "
            + host.lockedMemoryLimit().getAsLong()
            + " bytes in all; Linux 5.11 and later have no such limit",
        "ulimit -l unlimited, or LimitMEMLOCK=infinity of the service");
  }
}
