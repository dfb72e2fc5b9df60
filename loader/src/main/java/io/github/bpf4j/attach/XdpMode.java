package io.github.bpf4j.attach;

import java.util.Locale;

/** Who runs an XDP program: {@code XDP_FLAGS_*_MODE} of {@code linux/if_link.h}. */
public enum XdpMode {
  /** The network stack, after the packet got its {@code sk_buff}: any device, slowest. */
  SKB(1 << 1),
  /** The driver, before the packet gets an {@code sk_buff}: fast, where the driver can. */
  NATIVE(1 << 2),
  /** The device itself, where it can; the object has to be loaded for the device. */
  HW(1 << 3);

  private final int flag;

  XdpMode(int flag) {
    this.flag = flag;
  }

  /** The kernel's flag. */
  public int flag() {
    return flag;
  }

  /** As operators write it: {@code skb}, {@code native}, {@code hw}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
