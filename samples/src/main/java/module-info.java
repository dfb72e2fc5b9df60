import org.jspecify.annotations.NullMarked;

/** The command line {@code bpf4j}: xdp1, its demo, detach, a look at what is loaded, execsnoop. */
@NullMarked
module io.github.bpf4j.samples {
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires io.github.bpf4j.loader;
  requires io.github.bpf4j.programs;
  requires static org.jspecify;

  // Records are bound to C structs.
  opens io.github.bpf4j.samples.execsnoop to
      io.github.bpf4j.loader;
}
