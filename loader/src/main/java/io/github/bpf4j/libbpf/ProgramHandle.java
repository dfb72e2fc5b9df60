package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;

/**
 * {@code struct bpf_program}: a view that its object owns. The setters are for before the load, the
 * file descriptor for after it.
 */
public final class ProgramHandle {
  private final ObjectHandle object;
  private final MemorySegment pointer;
  private final String name;
  private final ProgramMark mark;
  private volatile int id;

  ProgramHandle(ObjectHandle object, MemorySegment pointer) {
    this.object = object;
    this.pointer = pointer;
    this.name = Strings.of(libbpf_h.bpf_program__name(pointer));
    this.mark = object.mark(name);
  }

  public String name() {
    return name;
  }

  /** The ELF section that it stands in, such as {@code "xdp"}. */
  public String section() {
    return Strings.of(libbpf_h.bpf_program__section_name(pointer));
  }

  /** The kernel's number for the type. */
  public int type() {
    return libbpf_h.bpf_program__type(pointer);
  }

  public void setType(int type) {
    Results.check(libbpf_h.bpf_program__set_type(pointer, type), "set the type of", subject());
  }

  /**
   * Sets type and attach type as libbpf derives them from a section's name.
   *
   * @return false when libbpf does not know the name
   */
  public boolean setTypeBySection(String sectionName) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment type = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment attachType = arena.allocate(ValueLayout.JAVA_INT);
      if (libbpf_h.libbpf_prog_type_by_name(arena.allocateFrom(sectionName), type, attachType)
          < 0) {
        return false;
      }
      setType(type.get(ValueLayout.JAVA_INT, 0));
      setAttachType(attachType.get(ValueLayout.JAVA_INT, 0));
      return true;
    }
  }

  public boolean autoload() {
    return libbpf_h.bpf_program__autoload(pointer);
  }

  public void setAutoload(boolean autoload) {
    Results.check(
        libbpf_h.bpf_program__set_autoload(pointer, autoload), "set autoload of", subject());
  }

  /** Binds the program to a device that runs it in hardware. */
  public void setIfindex(int ifindex) {
    libbpf_h.bpf_program__set_ifindex(pointer, ifindex);
  }

  /** {@code BPF_LOG_*}: what the verifier is to write also when it lets the program pass. */
  public void setLogLevel(int level) {
    Results.check(
        libbpf_h.bpf_program__set_log_level(pointer, level), "set the log level of", subject());
  }

  int logLevel() {
    return libbpf_h.bpf_program__log_level(pointer);
  }

  /** What the verifier wrote when it let the program pass; empty when it was not to. */
  public String verifierLog() {
    return object.verifierLog(name);
  }

  void keepLog(String log) {
    object.keepVerifierLog(name, log);
  }

  void logInto(VerifierLogBuffer log) {
    Results.check(
        libbpf_h.bpf_program__set_log_buf(pointer, log.segment(), log.segment().byteSize()),
        "set the log buffer of",
        subject());
  }

  /**
   * The file descriptor.
   *
   * @throws io.github.bpf4j.error.BpfException when the program was not loaded
   */
  public int fd() {
    return Results.check(libbpf_h.bpf_program__fd(pointer), "use", subject());
  }

  /** The id that the kernel gave it. */
  public int id() {
    int known = id;
    if (known == 0) {
      known = KernelObjects.programInfo(fd()).id();
      id = known;
    }
    return known;
  }

  /** {@code enum bpf_attach_type}: the hook that it was made for, where there are several. */
  public int attachType() {
    return libbpf_h.bpf_program__expected_attach_type(pointer);
  }

  public void setAttachType(int attachType) {
    Results.check(
        libbpf_h.bpf_program__set_expected_attach_type(pointer, attachType),
        "set the attach type of",
        subject());
  }

  /** Sets a function of a program, or of the kernel when the descriptor is 0. */
  public void setAttachTarget(int programFd, String function) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      Results.check(
          libbpf_h.bpf_program__set_attach_target(pointer, programFd, arena.allocateFrom(function)),
          "find",
          "function " + function + ", the target of " + subject());
    }
  }

  ObjectHandle object() {
    return object;
  }

  MemorySegment pointer() {
    return pointer;
  }

  /** Marks the program as loaded by a process of bpf4j, the first time. */
  public void markOnce(Supplier<OwnerMark.Owner> owner) {
    mark.putOnce(fd(), subject(), owner);
  }

  /** Says in the mark that the program stays on its hook on purpose. */
  public void markLeft() {
    mark.leave(subject());
  }

  public Lease lease() {
    return object.lease();
  }

  private String subject() {
    return "program " + name + " of object " + object.name();
  }
}
