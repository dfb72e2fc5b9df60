package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_object_open_opts;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an object is opened with: {@code struct bpf_object_open_opts}.
 *
 * @param kconfig lines such as {@code CONFIG_HZ=250} that count more than the kernel's own
 * @param kernelBtf a file with the kernel's types
 * @param tokenFrom a bpf file system that delegates
 */
public record ObjectSettings(String kconfig, Optional<Path> kernelBtf, Optional<Path> tokenFrom) {
  public static final ObjectSettings DEFAULTS =
      new ObjectSettings("", Optional.empty(), Optional.empty());

  public ObjectSettings withKconfig(String lines) {
    return new ObjectSettings(lines, kernelBtf, tokenFrom);
  }

  public ObjectSettings withKernelBtf(Path file) {
    return new ObjectSettings(kconfig, Optional.of(file), tokenFrom);
  }

  public ObjectSettings withTokenFrom(Path fileSystem) {
    return new ObjectSettings(kconfig, kernelBtf, Optional.of(fileSystem));
  }

  /** The struct, in an arena that has to live as long as the object. */
  MemorySegment options(String name, Arena arena) {
    if (tokenFrom.isPresent()) {
      Libbpf.requireVersion("a token of a bpf file system", 1, 5);
    }
    MemorySegment options = bpf_object_open_opts.allocate(arena);
    bpf_object_open_opts.sz(options, bpf_object_open_opts.sizeof());
    bpf_object_open_opts.object_name(options, arena.allocateFrom(name));
    if (!kconfig.isEmpty()) {
      bpf_object_open_opts.kconfig(options, arena.allocateFrom(kconfig));
    }
    kernelBtf.ifPresent(
        file -> bpf_object_open_opts.btf_custom_path(options, arena.allocateFrom(file.toString())));
    tokenFrom.ifPresent(
        path -> bpf_object_open_opts.bpf_token_path(options, arena.allocateFrom(path.toString())));
    return options;
  }
}
