package io.github.bpf4j.system;

import io.github.bpf4j.libbpf.Fd;

/**
 * While it is open, the kernel counts for each program of the whole system how often it runs and
 * for how long, which {@code ProgramInfo.runCount} and {@code runTime} tell; each run then takes
 * some tens of nanoseconds longer. Several may be open at a time, also by other processes; the
 * kernel counts until the last one is closed, and ends this one with the process.
 *
 * <p>Thread safety: may be closed from any thread; idempotent.
 */
public final class RunStatistics implements AutoCloseable {
  private final Fd descriptor;

  RunStatistics(Fd descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
