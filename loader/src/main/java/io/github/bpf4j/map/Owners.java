package io.github.bpf4j.map;

import io.github.bpf4j.libbpf.Descriptors;
import io.github.bpf4j.libbpf.Fd;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Descriptors that are open for one call: of a file, a cgroup's folder, a process. */
record Owners(Supplier<Fd> opening) implements Descriptor {
  static Descriptor path(Path path) {
    return new Owners(() -> Descriptors.open(path.toString(), path.toString()));
  }

  static Descriptor process(ProcessHandle process) {
    return new Owners(() -> Descriptors.openProcess(process.pid()));
  }

  @Override
  public <R> R withFd(IntFunction<R> use) {
    try (Fd fd = opening.get()) {
      return use.apply(fd.number());
    }
  }
}
