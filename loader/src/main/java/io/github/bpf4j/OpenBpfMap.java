package io.github.bpf4j;

import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.uapi.BpfMapType;

/** A map of an {@link OpenBpfObject}: what the object says of it, and what can be set. */
public final class OpenBpfMap {
  private final OpenBpfObject object;
  private final MapHandle handle;

  OpenBpfMap(OpenBpfObject object, MapHandle handle) {
    this.object = object;
    this.handle = handle;
  }

  /** The name of the C variable. */
  public String name() {
    return handle.name();
  }

  /** The type. */
  public BpfMapType type() {
    object.requireOpen();
    return BpfMapType.of(handle.type());
  }

  /** Bytes of a key. */
  public int keySize() {
    object.requireOpen();
    return handle.keySize();
  }

  /** Bytes of a value; of one CPU's value in a per-CPU map. */
  public int valueSize() {
    object.requireOpen();
    return handle.valueSize();
  }

  /** How many entries it will hold at most. */
  public int maxEntries() {
    object.requireOpen();
    return handle.maxEntries();
  }

  /** Sets how many entries it will hold at most. */
  public void maxEntries(int maxEntries) {
    object.requireOpen();
    handle.setMaxEntries(maxEntries);
  }

  /** Whether libbpf made it for a section of global variables, such as {@code .rodata}. */
  public boolean isInternal() {
    object.requireOpen();
    return handle.isInternal();
  }
}
