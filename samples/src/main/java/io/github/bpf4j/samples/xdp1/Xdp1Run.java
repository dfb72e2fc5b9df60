package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.rate.RateSampler;
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
      int reports =
          Polling.run(
              session,
              options.format().reporter(out, session.target()),
              options.intervalNanos(),
              options.count(),
              termination);
      session.rates().sample();
      System.err.println(summary(session, reports, System.nanoTime() - start));
    }
    return ExitCode.DONE;
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
    return "bpf4j: %s: %d reports in %.1f s, %d packets%s"
        .formatted(
            session.target().device(),
            reports,
            nanos / NANOS_PER_SECOND,
            packets,
            protocols.isEmpty() ? "" : " (" + String.join(", ", protocols) + ")");
  }
}
