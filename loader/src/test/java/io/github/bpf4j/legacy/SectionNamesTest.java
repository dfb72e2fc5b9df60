package io.github.bpf4j.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sections' names meant before libbpf 1.0. */
final class SectionNamesTest {
  @ParameterizedTest
  @CsvSource({
    "xdp1, xdp",
    "xdp_prog, xdp",
    "xdp/dev_map, xdp",
    "xdp_devmap/out, xdp/devmap",
    "xdp_cpumap, xdp/cpumap",
    "?xdp_sock, xdp",
    "socket1, socket",
    "socket/filter, socket",
    "classifier, tc",
    "classifier/ingress, tc",
    "action2, action",
    "kprobe_multi, kprobe",
    "tp/sched/x, tp/",
    "raw_tracepoint_writable, raw_tracepoint",
    "sk_skb2, sk_skb",
    "sk_skb/stream_verdict2, sk_skb/stream_verdict",
    "cgroup/sock_create2, cgroup/sock_create",
    "cgroup/socket, cgroup/sock",
    "cgroup/dev1, cgroup/dev"
  })
  void aKnownWordAtTheStartIsEnough(String section, String modern) {
    assertEquals(Optional.of(modern), SectionNames.modern(section));
  }

  @ParameterizedTest
  @CsvSource({"prog", "mysection", "XDP", "my_xdp", ".text"})
  void otherNamesNeverMeantAnything(String section) {
    assertEquals(Optional.empty(), SectionNames.modern(section));
  }

  @Test
  void anEmptyNameMeansNothing() {
    assertEquals(Optional.empty(), SectionNames.modern(""));
  }
}
