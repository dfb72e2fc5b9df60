package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.BpfVerifierException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.net.NetworkDevice;

/** Says why a device took no programs: the kernel gives EINVAL for every reason. */
final class HardwareFailure {
  private HardwareFailure() {}

  static BpfException explain(BpfException plain, String object, NetworkDevice device) {
    int errno = plain.errno().orElse(0);
    boolean told = plain instanceof BpfVerifierException;
    if (told || (errno != Errno.EINVAL && errno != Errno.EOPNOTSUPP)) {
      return plain;
    }
    return new BpfUnsupportedException(
        Failure.of("load", "object " + object + " into " + device, errno)
            .because(
                "the device does not run it: that takes a driver that offloads BPF, and maps of"
                    + " type ARRAY and HASH alone")
            .log(plain.log())
            .hint("the host runs it in native and skb mode"));
  }
}
