package io.github.bpf4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** What it was measured on. */
final class Machine {
  private Machine() {}

  static Map<String, String> facts() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put(
        "processor",
        after(Path.of("/proc/cpuinfo"), "model name")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " virtual CPUs, shared with others");
    facts.put("memory", after(Path.of("/proc/meminfo"), "MemTotal"));
    facts.put("kernel", Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    facts.put("libbpf", libbpf());
    facts.put("Java", Runtime.version() + ", " + System.getProperty("java.vm.name"));
    facts.put("C", Commands.firstLine("cc", "--version"));
    facts.put("clang", Commands.firstLine("clang", "--version"));
    facts.put("bpftool", Commands.firstLine("bpftool", "version"));
    String go = Commands.firstLine("go", "version");
    if (!go.isEmpty()) {
      facts.put(
          "Go",
          go
              + ", cilium/ebpf "
              + Commands.firstLine(
                  "dpkg-query", "-W", "-f", "${Version}", "golang-github-cilium-ebpf-dev"));
    }
    facts.put("bpf4j", Commands.firstLine("git", "describe", "--always", "--dirty", "--tags"));
    return facts;
  }

  private static String libbpf() {
    return io.github.bpf4j.libbpf.Libbpf.version();
  }

  private static String after(Path file, String key) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("?");
  }
}
