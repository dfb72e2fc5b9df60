package io.github.bpf4j;

import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.hook.NetnsHook;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.uapi.BpfAttachType;
import java.util.Map;

/**
 * What is on the hooks of network namespaces, whoever put it there.
 *
 * <p>Programs of netfilter are not among it: the kernel tells of them only by their links, and not
 * in which namespace they are ({@code BpfSystem.links()}).
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class Netns {
  private Netns() {}

  /**
   * What is attached to a namespace, hook by hook; hooks that have nothing, and hooks that the
   * kernel does not know, are left out.
   */
  public static Map<BpfAttachType, HookState> query(NetworkNamespace namespace) {
    return NetnsHook.queryAll(namespace);
  }

  /**
   * The programs that choose the socket of what comes in, in the order in which they run (kernel
   * 5.9). Owner, name and tag take CAP_SYS_ADMIN.
   */
  public static HookState querySkLookup(NetworkNamespace namespace) {
    return NetnsHook.query(namespace, BpfAttachType.SK_LOOKUP);
  }

  /** The program that takes packets apart, if there is one. */
  public static HookState queryFlowDissector(NetworkNamespace namespace) {
    return NetnsHook.query(namespace, BpfAttachType.FLOW_DISSECTOR);
  }
}
