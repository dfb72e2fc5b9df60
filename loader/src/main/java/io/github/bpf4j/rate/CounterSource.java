package io.github.bpf4j.rate;

/** Something that counts upwards: a BPF map, as a rule. */
public interface CounterSource {
  /** How many counters there are. */
  int size();

  /** How many bits a counter has before it starts again at 0; 64 as a rule. */
  default int bits() {
    return Long.SIZE;
  }

  /**
   * Reads all counters, as close to one moment as the source can.
   *
   * @param into receives {@link #size} values
   */
  void read(long[] into);
}
