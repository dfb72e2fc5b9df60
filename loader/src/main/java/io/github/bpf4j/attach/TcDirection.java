package io.github.bpf4j.attach;

import java.util.Locale;

/** Which way packets go that a TC program sees. */
public enum TcDirection {
  /** Packets that came in by the device. */
  INGRESS(0xFFFFFFF2),
  /** Packets that go out by the device. */
  EGRESS(0xFFFFFFF3);

  private final int parent;

  TcDirection(int parent) {
    this.parent = parent;
  }

  /**
   * The parent of the filters: {@code TC_H_CLSACT} with {@code TC_H_MIN_INGRESS} or {@code
   * TC_H_MIN_EGRESS} of {@code linux/pkt_sched.h}.
   */
  public int parent() {
    return parent;
  }

  /** As operators write it: {@code ingress}, {@code egress}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Such as {@code "ingress"} or {@code "1:2"}. */
  static String describe(int parent) {
    for (TcDirection direction : values()) {
      if (direction.parent == parent) {
        return direction.toString();
      }
    }
    return Integer.toHexString(parent >>> 16) + ":" + Integer.toHexString(parent & 0xffff);
  }
}
