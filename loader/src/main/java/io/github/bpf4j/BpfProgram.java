package io.github.bpf4j;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.IterAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.hook.Hook;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.TestRuns;
import io.github.bpf4j.map.Descriptor;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.BpfStream;
import io.github.bpf4j.uapi.ProgramInfo;
import io.github.bpf4j.uapi.VerifierStatistics;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A loaded program; a view that its {@link BpfObject} owns.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class BpfProgram implements Descriptor {
  private final ProgramHandle handle;
  private final String section;
  private final BpfProgramType type;
  private final int fd;

  BpfProgram(ProgramHandle handle) {
    this.handle = handle;
    this.section = handle.section();
    this.type = BpfProgramType.of(handle.type());
    this.fd = handle.fd();
  }

  /** The name of the C function, whole; the kernel keeps 15 characters of it. */
  public String name() {
    return handle.name();
  }

  /** The ELF section that it came from. */
  public String section() {
    return section;
  }

  /** The type. */
  public BpfProgramType type() {
    return type;
  }

  /**
   * The file descriptor, for calls that bpf4j does not make. It is the object's: do not close it,
   * do not use it after the object is closed.
   */
  public int fd() {
    return fd;
  }

  @Override
  public <R> R withFd(IntFunction<R> use) {
    handle.lease().acquire();
    try {
      return use.apply(fd);
    } finally {
      handle.lease().release();
    }
  }

  /** What the kernel says of it. */
  public ProgramInfo info() {
    handle.lease().acquire();
    try {
      return KernelObjects.programInfo(fd);
    } finally {
      handle.lease().release();
    }
  }

  /**
   * What the verifier wrote when it let the program pass: lines that end in {@code '\n'}; empty
   * when {@link OpenBpfProgram#verifierLog} did not ask for any.
   */
  public String verifierLog() {
    return handle.verifierLog();
  }

  /**
   * How much work the verifier had with it; empty when {@link OpenBpfProgram#verifierLog} did not
   * ask for it. How many instructions it walked through, {@link #info} knows in any case (kernel
   * 5.16).
   */
  public Optional<VerifierStatistics> verifierStatistics() {
    return VerifierStatistics.of(verifierLog());
  }

  /**
   * Attaches.
   *
   * @return the link, which keeps the program in the kernel until it is closed
   * @throws BpfException when the hook is taken (names the owner) or refuses
   * @throws io.github.bpf4j.error.BpfUnsupportedException when driver or kernel lack the hook
   * @throws IllegalStateException when the object is closed
   */
  public BpfLink attach(AttachPoint point) {
    return new BpfLink(Hook.attach(handle, point));
  }

  /**
   * Attaches where the section's name says: {@code "kprobe/…"}, {@code "uprobe/…"}, {@code
   * "usdt/…"}, {@code "ksyscall/…"}, {@code "tp/…"}, {@code "raw_tp/…"}, {@code "tp_btf/…"}, {@code
   * "fentry/…"}, {@code "fexit/…"}, {@code "fmod_ret/…"}, {@code "lsm/…"}, {@code "iter/…"}, {@code
   * "freplace/…"} and what else libbpf knows to attach so. Programs of devices, cgroups and sockets
   * need an {@link AttachPoint}.
   *
   * @return the link, which keeps the program in the kernel until it is closed
   * @throws BpfException when the name does not say where, or the hook refuses
   * @throws IllegalStateException when the object is closed
   */
  public BpfLink attach() {
    return new BpfLink(Hook.attachBySection(handle));
  }

  /**
   * Attaches an iterator, to be read.
   *
   * @throws BpfException when the kernel has no such iterator, or refuses what it is to walk
   * @throws IllegalStateException when the object is closed
   */
  public BpfIterator iterate(IterAttachPoint point) {
    return new BpfIterator(attach(point));
  }

  ProgramHandle handle() {
    return handle;
  }

  /**
   * Runs it on given data, without its hook ({@code BPF_PROG_TEST_RUN}; kernel 4.12 for network
   * programs).
   *
   * @throws BpfException when the kernel cannot run programs of this type so, or refuses the input
   * @throws IllegalStateException when the object is closed
   */
  public RunResult run(RunInput input) {
    handle.lease().acquire();
    try {
      TestRuns.Outcome outcome = TestRuns.run(fd, name(), input.requestFor(type));
      return new RunResult(outcome.verdict(), outcome.data(), outcome.context(), outcome.nanos());
    } finally {
      handle.lease().release();
    }
  }

  /**
   * Takes what the program has printed to one of its own streams (kernel 6.17; any libbpf, since
   * the kernel is asked by bpf(2)); whoever takes it first has it.
   *
   * <p>A program may print in any context, so the kernel takes the memory for it from what can be
   * had without a lock: when there is none, {@code bpf_stream_vprintk} returns {@code -ENOMEM} to
   * the program, and nothing comes here. A kernel that initializes its struct pages lazily has none
   * until they all are ({@code CONFIG_DEFERRED_STRUCT_PAGE_INIT}, {@code alloc_pages_nolock}).
   *
   * @return empty when there is nothing
   * @throws io.github.bpf4j.error.BpfUnsupportedException when the kernel is older
   * @throws IllegalStateException when the object is closed
   */
  public String read(BpfStream stream) {
    handle.lease().acquire();
    try {
      return StreamReader.read(fd, name(), stream);
    } finally {
      handle.lease().release();
    }
  }
}
