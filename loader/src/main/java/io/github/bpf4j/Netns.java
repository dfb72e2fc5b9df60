package io.github.bpf4j;

import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.hook.NetnsHook;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.uapi.BpfAttachType;

/**
 * What is on the hooks of network namespaces, whoever put it there.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class Netns {
  private Netns() {}

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
