package io.github.bpf4j;

import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfProgramType;

/** A program of an {@link OpenBpfObject}: what the object says of it, and what can be set. */
public final class OpenBpfProgram {
  private static final int KERNEL = 0;

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

  /**
   * Sets what the verifier is to write when it lets the program pass, for {@link
   * BpfProgram#verifierLog} and {@link BpfProgram#verifierStatistics}; nothing by default.
   */
  public void verifierLog(VerifierLog log) {
    object.requireOpen();
    handle.setLogLevel(log.level());
  }

  /**
   * The hook that it is made for, where programs of its type have several; {@link
   * BpfAttachType#CGROUP_INET_INGRESS}, which is 0, also where they have not.
   */
  public BpfAttachType attachType() {
    object.requireOpen();
    return BpfAttachType.of(handle.attachType());
  }

  /** Sets the hook that it is made for, where the section's name does not say. */
  public void attachType(BpfAttachType attachType) {
    object.requireOpen();
    handle.setAttachType(attachType.number());
  }

  /**
   * Sets the function, BTF tracepoint or LSM hook of the kernel that it is made for, where the
   * section's name does not say, or says another.
   *
   * @throws io.github.bpf4j.error.BpfException when the kernel has none of that name
   */
  public void attachTarget(String function) {
    object.requireOpen();
    handle.setAttachTarget(KERNEL, function);
  }

  /**
   * Sets the function of another program that it is made for: {@code freplace}, and {@code fentry}
   * and {@code fexit} of BPF functions. That program has to stay open until this one is loaded.
   *
   * @throws io.github.bpf4j.error.BpfException when the program has none of that name, or no BTF
   */
  public void attachTarget(BpfProgram program, String function) {
    object.requireOpen();
    handle.setAttachTarget(program.fd(), function);
  }
}
