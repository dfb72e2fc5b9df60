package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.cli.Termination;
import io.github.bpf4j.samples.report.Reporter;

/** The loop: wait, sample, report. Deadlines do not drift; rates use the time that passed. */
public final class Polling {
  private final Xdp1Session session;
  private final Reporter reporter;
  private int reports;

  public Polling(Xdp1Session session, Reporter reporter) {
    this.session = session;
    this.reporter = reporter;
  }

  /**
   * Polls until a signal comes or the reports are done.
   *
   * @param count how many reports, 0 for no end
   */
  public void run(long intervalNanos, int count, Termination termination) {
    RateSampler rates = session.rates();
    long deadline = System.nanoTime() + intervalNanos;
    while ((count == 0 || reports < count) && termination.pauseUntil(deadline)) {
      session.requireAttached();
      rates.sample();
      reporter.report(rates);
      reports++;
      // After a pause of the whole machine the missed reports are not made up for.
      deadline = Math.max(deadline + intervalNanos, System.nanoTime());
    }
  }

  /** How many reports were made. */
  public int reports() {
    return reports;
  }
}
