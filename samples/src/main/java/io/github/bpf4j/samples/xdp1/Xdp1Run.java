package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Termination;
import io.github.bpf4j.samples.report.Protocols;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A run of xdp1 from attach to summary. */
final class Xdp1Run {
  private static final double NANOS_PER_SECOND = 1e9;

  private Xdp1Run() {}

  static int run(Xdp1Options options, NetworkDevice device, Termination termination) {
    // Unlike System.out this one reports that nobody reads any more.
    @SuppressWarnings("resource")
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    long start = System.nanoTime();
    try (Xdp1Session session = Xdp1Session.start(options, device)) {
      termination.lastResort(session::detach);
      Polling polling = new Polling(session, options.format().reporter(out, session.target()));
      try {
        polling.run(options.intervalNanos(), options.count(), termination);
      } catch (CommandFailedException e) {
        // What was counted until then is known all the same.
        summarize(session, polling, start);
        throw e;
      }
      summarize(session, polling, start);
    }
    return ExitCode.DONE;
  }

  private static void summarize(Xdp1Session session, Polling polling, long start) {
    session.rates().sample();
    System.err.println(summary(session, polling.reports(), System.nanoTime() - start));
  }

  private static String summary(Xdp1Session session, int reports, long nanos) {
    RateSampler rates = session.rates();
    List<String> protocols = new ArrayList<>();
    long packets = 0;
    for (int protocol = 0; protocol < rates.size(); protocol++) {
      long total = rates.total(protocol);
      packets += total;
      if (total != 0) {
        protocols.add(Protocols.label(protocol) + " " + total);
      }
    }
    return "bpf4j: %s: %s in %.1f s, %s%s"
        .formatted(
            session.target().device(),
            counted(reports, "report"),
            nanos / NANOS_PER_SECOND,
            counted(packets, "packet"),
            protocols.isEmpty() ? "" : " (" + String.join(", ", protocols) + ")");
  }

  private static String counted(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
