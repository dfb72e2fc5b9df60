package io.github.bpf4j.event;

/**
 * How a {@link PerfBuffer} is made.
 *
 * <p>Immutable: each method returns other options.
 *
 * @param bytesPerCpu room for the samples of each CPU, with 16 bytes besides for each sample; taken
 *     up to the next power of two of whole pages
 * @param wakeupSamples after how many samples of a CPU the kernel wakes the reader
 */
public record PerfBufferOptions(int bytesPerCpu, int wakeupSamples) {
  private static final int DEFAULT_BYTES = 256 * 1024;

  /** Checks what is given. */
  public PerfBufferOptions {
    if (bytesPerCpu < 1 || wakeupSamples < 1) {
      throw new IllegalArgumentException(
          "a perf buffer needs room and a wake-up, not "
              + bytesPerCpu
              + " bytes and "
              + wakeupSamples
              + " samples");
    }
  }

  /** 256 KiB for each CPU, and a wake-up for each sample. */
  public static PerfBufferOptions defaults() {
    return new PerfBufferOptions(DEFAULT_BYTES, 1);
  }

  /** The same with other room for each CPU. */
  public PerfBufferOptions bytesPerCpu(int bytes) {
    return new PerfBufferOptions(bytes, wakeupSamples);
  }

  /**
   * The same with fewer wake-ups, which cost the BPF programs time. What has woken nobody comes
   * when the time of a {@code poll} is over.
   */
  public PerfBufferOptions wakeupSamples(int samples) {
    return new PerfBufferOptions(bytesPerCpu, samples);
  }
}
