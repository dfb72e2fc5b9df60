package io.github.bpf4j;

import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.libbpf.Libbpf;
import io.github.bpf4j.testing.Commands;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opening an object of a megabyte: what libbpf alone takes, and what it takes with our reader and
 * check before it. To compare the medians, p0.50.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class OpenBenchmark {
  private final Arena arena = Arena.ofConfined();
  private byte[] elf;
  private MemorySegment bytes;

  @Setup
  public void read() throws IOException {
    Commands.run("make", "--directory=../native", "--silent", "large");
    elf = Files.readAllBytes(Path.of("../native/target/bench-objects/large.o"));
    bytes = arena.allocate(elf.length, Long.BYTES).copyFrom(MemorySegment.ofArray(elf));
    Libbpf.require();
  }

  @Benchmark
  public void libbpfAlone() {
    MemorySegment object =
        libbpf_h.bpf_object__open_mem(bytes, bytes.byteSize(), MemorySegment.NULL);
    if (object.address() == 0) {
      throw new AssertionError("libbpf refused it");
    }
    libbpf_h.bpf_object__close(object);
  }

  @Benchmark
  public void bpf4j() {
    BpfObject.open(elf, "large").close();
  }

  @TearDown
  public void close() {
    arena.close();
  }
}
