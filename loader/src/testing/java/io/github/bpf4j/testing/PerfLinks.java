package io.github.bpf4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.uapi.BpfLinkType;

/**
 * What holds a program on an event of perf: a {@code bpf_link} with a cookie, or on older kernels
 * the event itself, which can do no more than attach.
 */
public final class PerfLinks {
  private PerfLinks() {}

  /** The cookie where there are any, 0 for none elsewhere. */
  public static long cookie(long wanted) {
    return KernelFeature.PERF_EVENT_LINKS.isThere() ? wanted : 0;
  }

  /** Whether the link is what this kernel has. */
  public static void check(BpfLink link) {
    if (KernelFeature.PERF_EVENT_LINKS.isThere()) {
      assertEquals(BpfLinkType.PERF_EVENT, link.info().type());
    } else {
      assertThrows(IllegalStateException.class, link::info);
    }
  }
}
