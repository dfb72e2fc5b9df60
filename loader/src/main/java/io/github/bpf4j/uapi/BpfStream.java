package io.github.bpf4j.uapi;

/** The streams that each program has (kernel 6.17), as {@code linux/bpf.h} numbers them. */
public enum BpfStream {
  /** What the program prints by {@code bpf_stream_printk(BPF_STDOUT, …)}. */
  STDOUT(1),
  /**
   * What it prints to {@code BPF_STDERR}, and what the kernel reports about it: faults in an arena,
   * locks that were not got, loops without an end.
   */
  STDERR(2);

  private final int number;

  BpfStream(int number) {
    this.number = number;
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }
}
