package io.github.bpf4j.testing;

/**
 * Tests that prove more the longer they run. In a usual run they take a few seconds at most; {@code
 * ./bpf4j soak} runs those with {@link #TAG}, by the numbers that are claimed.
 */
public final class Soak {
  /** Of the tests that the command runs. */
  public static final String TAG = "soak";

  private Soak() {}

  /** How often to do a thing. */
  public static long times(long usually, long claimed) {
    return isOn() ? claimed : usually;
  }

  /** Whether the numbers that are claimed are wanted. */
  public static boolean isOn() {
    return Boolean.getBoolean("bpf4j.soak");
  }
}
