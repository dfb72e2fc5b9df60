package io.github.bpf4j.hook;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.AttachFlags;
import io.github.bpf4j.libbpf.ProgramAttach;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.Results;
import java.util.function.BooleanSupplier;

/**
 * A program that {@code BPF_PROG_ATTACH} put among others on a hook.
 *
 * @param hook the hook
 * @param isThere whether the device or cgroup still exists
 * @param sharingFlags how the hook is shared
 * @param closing gives up the hook's descriptor
 */
record SharedPlace(SharedHook hook, BooleanSupplier isThere, int sharingFlags, Runnable closing)
    implements HookAttached.Place {

  @Override
  public boolean detach(ProgramHandle program) {
    return isThere.getAsBoolean() && hook.detach(program);
  }

  @Override
  public boolean holds(ProgramHandle program) {
    return isThere.getAsBoolean() && hook.holds(program);
  }

  @Override
  public void replace(ProgramHandle program, ProgramHandle next) {
    int result =
        ProgramAttach.attach(
            next.fd(),
            hook.target(),
            hook.type().number(),
            sharingFlags | AttachFlags.REPLACE,
            program.fd(),
            ProgramAttach.NONE,
            0);
    if (result == -Errno.ENOENT) {
      throw new BpfException(
          Failure.of("update", program.name() + " on " + hook.name(), Errno.ENOENT)
              .because("it is not there any more"));
    }
    if (result < 0) {
      throw Results.failed("update", program.name() + " on " + hook.name(), -result);
    }
  }

  @Override
  public void close() {
    closing.run();
  }

  @Override
  public String toString() {
    return hook.name();
  }
}
