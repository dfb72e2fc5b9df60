package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * Checks the records of {@code ring.c}: that each is whole, and that those of each producer come in
 * order, none of them twice.
 */
final class RecordChecker implements SampleHandler {
  private static final int PRODUCERS = 4;
  private static final int HEADER_BYTES = 8;

  private final long[] received = new long[PRODUCERS];
  private final long[] next = new long[PRODUCERS];
  private final long[] missing = new long[PRODUCERS];
  private final long[] missingDiscarded = new long[PRODUCERS];
  private long bytes;

  @Override
  public void sample(MemorySegment data, long offset, int length) {
    int sequence = data.get(JAVA_INT, offset);
    int check = data.get(JAVA_INT, offset + Integer.BYTES);
    int producer = check & 0xff;
    if (producer >= PRODUCERS || offset % HEADER_BYTES != 0) {
      throw new AssertionError("producer " + producer + " at offset " + offset);
    }
    int sum = sum(data, offset, length, sequence, producer);
    if ((sum & 0xffffff) != check >>> 8) {
      throw new AssertionError("record " + sequence + " of " + length + " bytes is damaged");
    }
    if (length != sizeOf(sequence)) {
      throw new AssertionError("record " + sequence + " has " + length + " bytes");
    }
    skipTo(producer, Integer.toUnsignedLong(sequence));
    if (isDiscarded(sequence)) {
      throw new AssertionError("record " + sequence + " was discarded, and came");
    }
    next[producer]++;
    received[producer]++;
    bytes += length;
  }

  private static int sum(MemorySegment data, long offset, int length, int sequence, int producer) {
    int value = sequence;
    int sum = sequence ^ producer ^ length;
    for (int at = HEADER_BYTES; at + Integer.BYTES <= length; at += Integer.BYTES) {
      value = value * 1664525 + 1013904223;
      if (data.get(JAVA_INT, offset + at) != value) {
        throw new AssertionError("record " + sequence + " is damaged at byte " + at);
      }
      sum = (sum << 5 | sum >>> 27) ^ value;
    }
    return sum;
  }

  /** Counts those that did not come before one that did. */
  private void skipTo(int producer, long sequence) {
    if (sequence < next[producer]) {
      throw new AssertionError("record " + sequence + " comes after " + (next[producer] - 1));
    }
    while (next[producer] < sequence) {
      missing[producer]++;
      if (isDiscarded((int) next[producer])) {
        missingDiscarded[producer]++;
      }
      next[producer]++;
    }
  }

  /** After the last one: what was tried, and did not come, counts as missing. */
  void endAt(int producer, long tried) {
    skipTo(producer, tried);
  }

  long received(int producer) {
    return received[producer];
  }

  /** Those that did not come, but for a reason: the program discards them if there is room. */
  long missingDiscarded(int producer) {
    return missingDiscarded[producer];
  }

  long missing(int producer) {
    return missing[producer];
  }

  long bytes() {
    return bytes;
  }

  private static int hash(int sequence) {
    return (sequence + 1) * (int) 2654435761L;
  }

  static boolean isDiscarded(int sequence) {
    return (hash(sequence) >>> 8 & 15) == 3;
  }

  /** As the program chooses it. */
  static int sizeOf(int sequence) {
    int kind = hash(sequence) >>> 24;
    if (kind < 80) {
      return 8;
    }
    if (kind < 130) {
      return 20;
    }
    if (kind < 200) {
      return 60;
    }
    if (kind < 243) {
      return 256;
    }
    return kind < 253 ? 1000 : 4096;
  }
}
