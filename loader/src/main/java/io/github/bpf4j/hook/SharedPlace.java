package io.github.bpf4j.hook;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.Results;

/**
 * A program that {@code BPF_PROG_ATTACH} put among others on a hook.
 *
 * @param hook the hook
 * @param terms how the hook is shared
 * @param closing gives up the hook's descriptor
 */
record SharedPlace(SharedHook hook, SharedHook.Terms terms, Runnable closing)
    implements HookAttached.Place {

  @Override
  public boolean detach(ProgramHandle program) {
    return hook.detach(program);
  }

  @Override
  public boolean holds(ProgramHandle program) {
    return hook.holds(program.id());
  }

  @Override
  public void replace(ProgramHandle program, ProgramHandle next) {
    String subject = program.name() + " on " + hook.name();
    int result = hook.replace(program.fd(), program.id(), next.fd(), terms);
    if (result == -Errno.ENOENT) {
      throw new BpfException(
          Failure.of("update", subject, Errno.ENOENT).because("it is not there any more"));
    }
    if (result < 0) {
      throw Results.failed("update", subject, -result);
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
