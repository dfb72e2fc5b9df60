package io.github.bpf4j.samples.report;

import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.cli.OutputClosedException;

/** Prints a report for each interval. */
public interface Reporter {
  /**
   * Prints what the sampler saw last.
   *
   * @throws OutputClosedException when nobody reads any more
   */
  void report(RateSampler rates);
}
