package io.github.bpf4j.testing;

/**
 * Tests that prove more the longer they run. In a usual run they take a few seconds at most; {@code
 * -Dbpf4j.soak=true} on Maven's command line gives them the numbers that are claimed.
 */
public final class Soak {
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
