package io.github.bpf4j.testing;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.OpenBpfObject;
import java.nio.file.Files;
import java.nio.file.Path;

/** Objects that the native module compiled, for the samples and for tests. */
public final class TestObjects {
  private static final Path SAMPLES = Path.of("../native/target/classes/bpf");
  private static final Path TESTS = Path.of("../native/target/test-objects");

  private TestObjects() {}

  /** The file of an object, such as {@code "xdp1_kern"}. */
  public static Path file(String name) {
    Path sample = SAMPLES.resolve(name + ".o");
    Path file = Files.exists(sample) ? sample : TESTS.resolve(name + ".o");
    if (!Files.exists(file)) {
      throw new AssertionError(file.toAbsolutePath() + " is missing: build the native module");
    }
    return file;
  }

  public static OpenBpfObject open(String name) {
    return BpfObject.open(file(name));
  }

  public static BpfObject load(String name) {
    return open(name).load();
  }
}
