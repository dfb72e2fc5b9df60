package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.libbpf.ObjectHandle;
import io.github.bpf4j.net.NetworkDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A BPF object that is parsed and not loaded: nothing of it is in the kernel yet, and everything
 * about it can be set. {@link #load} consumes it.
 *
 * <p>Thread safety: one thread at a time.
 */
public final class OpenBpfObject implements AutoCloseable {
  private final ObjectHandle handle;
  private final BpfTypes types;
  private final List<OpenBpfProgram> programs;
  private final List<OpenBpfMap> maps;
  private final GlobalVariables variables;
  private @Nullable NetworkDevice hardware;
  private boolean consumed;

  OpenBpfObject(ObjectHandle handle, BpfTypes types, GlobalVariables variables) {
    this.handle = handle;
    this.types = types;
    this.variables = variables;
    this.programs =
        handle.programs().stream().map(program -> new OpenBpfProgram(this, program)).toList();
    this.maps = handle.maps().stream().map(map -> new OpenBpfMap(this, map)).toList();
  }

  /** The name that the object was opened by. */
  public String name() {
    return handle.name();
  }

  /** All programs, in the order of the object. */
  public List<OpenBpfProgram> programs() {
    return programs;
  }

  /**
   * The program of a name.
   *
   * @throws io.github.bpf4j.error.BpfException when there is none; lists those that exist
   */
  public OpenBpfProgram program(String name) {
    return Named.find(programs, OpenBpfProgram::name, name, "program", name());
  }

  /** All maps, in the order of the object; libbpf's own for global variables are among them. */
  public List<OpenBpfMap> maps() {
    return maps;
  }

  /**
   * The map of a name.
   *
   * @throws io.github.bpf4j.error.BpfException when there is none; lists those that exist
   */
  public OpenBpfMap map(String name) {
    return Named.find(maps, OpenBpfMap::name, name, "map", name());
  }

  /** All global and static variables of the C program: the values that the load starts with. */
  public List<GlobalVariable> variables() {
    requireOpen();
    return variables.all();
  }

  /**
   * The variable of a name: the value that the load starts with. In a map that is reused instead of
   * made, the values are those that it has.
   *
   * @throws io.github.bpf4j.error.BpfException when there is none, and lists those that exist; or
   *     more than one
   */
  public GlobalVariable variable(String name) {
    requireOpen();
    return variables.get(name);
  }

  /** The C types that the object describes. */
  public BpfTypes types() {
    return types;
  }

  /**
   * Loads all programs and maps for a device that runs them in hardware.
   *
   * @return this
   */
  public OpenBpfObject offloadTo(NetworkDevice device) {
    requireOpen();
    hardware = device;
    handle.programs().forEach(program -> program.setIfindex(device.index()));
    handle.maps().forEach(map -> map.setIfindex(device.index()));
    return this;
  }

  /**
   * Makes the maps and loads the programs into the kernel. This object is used up afterwards, also
   * when the load failed.
   *
   * @throws io.github.bpf4j.error.BpfVerifierException when the verifier refuses a program
   * @throws io.github.bpf4j.error.BpfPermissionException when a privilege is missing
   * @throws io.github.bpf4j.error.BpfUnsupportedException when this kernel has no maps or programs
   *     of a type, or the device that it is {@linkplain #offloadTo offloaded} to does not run it
   * @throws IllegalStateException when it was loaded or closed before
   */
  public BpfObject load() {
    requireOpen();
    consumed = true;
    try {
      variables.end();
      handle.maps().forEach(MapReuse::checkPinned);
      try (PinFolders folders = PinFolders.of(handle.maps())) {
        handle.load();
        folders.keep();
      } catch (BpfException e) {
        throw hardware == null
            ? MissingTypes.explain(e, handle)
            : HardwareFailure.explain(e, name(), hardware);
      }
      return new BpfObject(handle, types, variables.loaded());
    } catch (RuntimeException | Error e) {
      handle.lease().close();
      throw e;
    }
  }

  void requireOpen() {
    if (consumed) {
      throw new IllegalStateException(
          "object " + name() + " was loaded or closed: load() consumes the open object");
    }
  }

  /** Forgets an object that is not to be loaded; does nothing after {@link #load}. */
  @Override
  public void close() {
    if (!consumed) {
      consumed = true;
      variables.end();
      handle.lease().close();
    }
  }
}
