package io.github.bpf4j.rate;

/** Something that counts upwards: a BPF map, as a rule. */
public interface CounterSource {
  /** How many counters there are. */
  int size();

  /**
   * Reads all counters, as close to one moment as the source can.
   *
   * @param into receives {@link #size} values
   */
  void read(long[] into);
}
