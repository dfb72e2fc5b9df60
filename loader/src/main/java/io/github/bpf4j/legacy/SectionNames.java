package io.github.bpf4j.legacy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program section's name meant before libbpf 1.0: it only had to <em>start</em> with a known
 * word, so that {@code xdp1}, {@code xdp_prog} and {@code socket1} named types. libbpf 1.0 wants
 * the whole word, and knows no type for such a program.
 */
public final class SectionNames {
  /** Words that still mean what they meant; of two that begin alike the longer stands first. */
  private static final List<String> WORDS =
      List.of(
          "socket",
          "sk_reuseport",
          "kprobe",
          "kretprobe",
          "uprobe",
          "uretprobe",
          "tc",
          "action",
          "tracepoint",
          "tp/",
          "raw_tracepoint",
          "raw_tp",
          "xdp",
          "perf_event",
          "lwt_in",
          "lwt_out",
          "lwt_xmit",
          "lwt_seg6local",
          "sockops",
          "sk_skb/stream_parser",
          "sk_skb/stream_verdict",
          "sk_skb",
          "sk_msg",
          "sk_lookup",
          "lirc_mode2",
          "flow_dissector",
          "cgroup_skb/ingress",
          "cgroup_skb/egress",
          "cgroup/skb",
          "cgroup/sock_create",
          "cgroup/sock_release",
          "cgroup/post_bind4",
          "cgroup/post_bind6",
          "cgroup/bind4",
          "cgroup/bind6",
          "cgroup/connect4",
          "cgroup/connect6",
          "cgroup/sendmsg4",
          "cgroup/sendmsg6",
          "cgroup/recvmsg4",
          "cgroup/recvmsg6",
          "cgroup/getpeername4",
          "cgroup/getpeername6",
          "cgroup/getsockname4",
          "cgroup/getsockname6",
          "cgroup/sysctl",
          "cgroup/getsockopt",
          "cgroup/setsockopt",
          "cgroup/sock",
          "cgroup/dev");

  /** Names of today that begin like old ones: to an older libbpf they are unknown, not old. */
  private static final List<String> NEWER = List.of("sk_skb/verdict", "tcx", "tcp");

  /** Words that are written in another way today. */
  private static final Map<String, String> RENAMED =
      Map.of("xdp_devmap", "xdp/devmap", "xdp_cpumap", "xdp/cpumap", "classifier", "tc");

  private SectionNames() {}

  /**
   * The name by which today's libbpf knows the type of a program in an old section.
   *
   * @param section such as {@code "xdp1"}
   * @return such as {@code "xdp"}; empty when the name never meant anything
   */
  public static Optional<String> modern(String section) {
    String name = section.startsWith("?") ? section.substring(1) : section;
    if (NEWER.stream().anyMatch(name::startsWith)) {
      return Optional.empty();
    }
    return RENAMED.entrySet().stream()
        .filter(entry -> startsWith(name, entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(() -> WORDS.stream().filter(word -> startsWith(name, word)).findFirst());
  }

  // A dot came with libbpf 1.0: kprobe.multi is another thing than kprobe.
  private static boolean startsWith(String name, String word) {
    return name.startsWith(word)
        && (name.length() == word.length() || name.charAt(word.length()) != '.');
  }
}
