package io.github.bpf4j;

import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.uapi.BpfProgramType;

/** A program of an {@link OpenBpfObject}: what the object says of it, and what can be set. */
public final class OpenBpfProgram {
  private final OpenBpfObject object;
  private final ProgramHandle handle;

  OpenBpfProgram(OpenBpfObject object, ProgramHandle handle) {
    this.object = object;
    this.handle = handle;
  }

  /** The name of the C function. */
  public String name() {
    return handle.name();
  }

  /** The ELF section, such as {@code "xdp"}: libbpf's rules derive the type from it. */
  public String section() {
    object.requireOpen();
    return handle.section();
  }

  /** The type; {@link BpfProgramType#UNSPEC} when the section's name says nothing. */
  public BpfProgramType type() {
    object.requireOpen();
    return BpfProgramType.of(handle.type());
  }

  /** Sets the type. */
  public void type(BpfProgramType type) {
    object.requireOpen();
    handle.setType(type.number());
  }

  /** Whether {@code load()} loads it. */
  public boolean autoload() {
    object.requireOpen();
    return handle.autoload();
  }

  /** Sets whether {@code load()} loads it. */
  public void autoload(boolean autoload) {
    object.requireOpen();
    handle.setAutoload(autoload);
  }
}
