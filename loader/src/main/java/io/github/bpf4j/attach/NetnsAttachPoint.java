package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkNamespace;
import java.util.Optional;

/**
 * A network namespace: choosing the socket of an incoming connection or datagram ({@code
 * sk_lookup}, kernel 5.9), or taking packets apart for the kernel (the flow dissector, 5.7 by
 * link).
 *
 * <pre>{@code
 * NetnsAttachPoint.current()
 * NetnsAttachPoint.of(namespace)
 * }</pre>
 *
 * <p>Programs are of type {@code SK_LOOKUP} or {@code FLOW_DISSECTOR}, which says the hook. Several
 * {@code sk_lookup} programs share it; of flow dissectors there is one. Needs CAP_NET_ADMIN; the
 * flow dissector of the host's first namespace serves all others too, and CAP_SYS_ADMIN attaches
 * there. A {@code bpf_link} holds it; the namespace's end detaches it.
 *
 * <p>Immutable.
 */
public final class NetnsAttachPoint implements AttachPoint {
  private final Optional<NetworkNamespace> namespace;

  private NetnsAttachPoint(Optional<NetworkNamespace> namespace) {
    this.namespace = namespace;
  }

  /** The namespace of the thread that attaches. */
  public static NetnsAttachPoint current() {
    return new NetnsAttachPoint(Optional.empty());
  }

  /** A namespace, which has to be open until it is attached. */
  public static NetnsAttachPoint of(NetworkNamespace namespace) {
    return new NetnsAttachPoint(Optional.of(namespace));
  }

  /** The namespace; empty for that of the thread that attaches. */
  public Optional<NetworkNamespace> namespace() {
    return namespace;
  }

  /** Such as {@code "network namespace net:[4026531840]"}. */
  @Override
  public String toString() {
    return namespace.map(it -> "network namespace " + it).orElse("its network namespace");
  }
}
