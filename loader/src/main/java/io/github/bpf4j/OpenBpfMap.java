package io.github.bpf4j;

import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.uapi.BpfMapType;
import java.nio.file.Path;
import java.util.Optional;

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

  /** Whether {@code load()} makes it. */
  public boolean autocreate() {
    object.requireOpen();
    return handle.autocreate();
  }

  /**
   * Sets whether {@code load()} makes it. A map that this kernel does not know is left out so, with
   * the programs that use it ({@link OpenBpfProgram#autoload(boolean)}): the verifier refuses one
   * that comes to a map which is not there.
   *
   * <pre>{@code
   * boolean rings = FeatureProbes.mapType(BpfMapType.RINGBUF).isThere();   // kernel 5.8
   * open.map("events").autocreate(rings);
   * open.program("to_ring").autoload(rings);
   * open.program("to_perf_buffer").autoload(!rings);
   * }</pre>
   */
  public void autocreate(boolean autocreate) {
    object.requireOpen();
    handle.setAutocreate(autocreate);
  }

  /** Where the load looks for it, or pins it: as the object says, or as was set. */
  public Optional<Path> pinPath() {
    object.requireOpen();
    String path = handle.pinPath();
    return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
  }

  /**
   * Lets the load use the map that is pinned at a path, or, when nothing is, make it and pin it
   * there. A map that differs from what the object says fails the load, with what differs.
   *
   * @param path such as {@code /sys/fs/bpf/my/counts}; folders that are missing are made by the
   *     load, and removed when it fails
   */
  public void pinPath(Path path) {
    object.requireOpen();
    BpfFileSystem.check("map " + name() + " at " + path, path);
    handle.setPinPath(path.toString());
  }

  /** Lets the load make a map that is pinned nowhere, whatever the object says. */
  public void noPinPath() {
    object.requireOpen();
    handle.clearPinPath();
  }

  /**
   * Lets the load use another map instead of making one.
   *
   * @throws io.github.bpf4j.error.BpfException when it differs from what the object says
   */
  public void reuse(BpfMap map) {
    object.requireOpen();
    MapReuse.reuse(handle, map);
  }
}
