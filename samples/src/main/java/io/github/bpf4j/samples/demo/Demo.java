package io.github.bpf4j.samples.demo;

import io.github.bpf4j.OpenOptions.Legacy;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Termination;
import io.github.bpf4j.samples.report.Format;
import io.github.bpf4j.samples.xdp1.Polling;
import io.github.bpf4j.samples.xdp1.Xdp1Options;
import io.github.bpf4j.samples.xdp1.Xdp1Session;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A run of the demo, in a network namespace that holds nothing else. */
final class Demo {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Demo() {}

  static int run(int seconds, XdpMode mode) {
    Termination termination = Termination.install();
    VethPair wire = VethPair.create("sender", "receiver");
    Xdp1Options options =
        new Xdp1Options(
            mode,
            false,
            false,
            INTERVAL_NANOS,
            seconds,
            null,
            Legacy.REFUSE,
            null,
            null,
            Format.LIVE,
            "receiver");
    @SuppressWarnings("resource") // stdout is not ours to close
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    try (Xdp1Session session = Xdp1Session.start(options, wire.receiver())) {
      Traffic traffic = Traffic.start(wire.sender(), seconds);
      try {
        new Polling(session, options.format().reporter(out, session.target()))
            .run(options.intervalNanos(), options.count(), termination);
      } finally {
        traffic.finish(true);
      }
      long[] sent = traffic.finish(true);
      settle(session.rates(), sent);
      Comparison comparison = Comparison.of(sent, session.rates());
      System.out.print(comparison.table(mode));
      System.out.flush();
      return comparison.isEqual() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  // The last frames may still be on their way through the receiver's queue.
  private static void settle(RateSampler rates, long[] sent) {
    long deadline = System.nanoTime() + SETTLE_NANOS;
    rates.sample();
    while (!Comparison.of(sent, rates).isEqual() && deadline - System.nanoTime() > 0) {
      LockSupport.parkNanos(GLANCE_NANOS);
      rates.sample();
    }
  }
}
