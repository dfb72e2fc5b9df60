package io.github.bpf4j.bench;

import java.util.Map;

/**
 * One way to do it.
 *
 * @param name as the report shows it
 * @param round does it once; the figures by the names of their {@link Quantity}
 */
record Contestant(String name, Round round) {
  /** One round. */
  @FunctionalInterface
  interface Round {
    Map<Quantity, Double> run() throws Exception;
  }
}
