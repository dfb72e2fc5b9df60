package io.github.bpf4j.samples.cli;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.OpenBpfObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The BPF objects of the native module. */
public final class PackagedObjects {
  private PackagedObjects() {}

  /** Opens one by its name, such as {@code "xdp1_kern"}. */
  public static OpenBpfObject open(String name) {
    String resource = "bpf/" + name + ".o";
    ClassLoader loader = PackagedObjects.class.getClassLoader();
    try (InputStream elf = loader.getResourceAsStream(resource)) {
      if (elf == null) {
        throw new IllegalStateException(resource + " is missing from this build");
      }
      return BpfObject.open(elf.readAllBytes(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
