package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.BpfAttachType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is on the hooks of one network device, whoever put it there; {@code Devices} finds it.
 *
 * @param device the device
 * @param xdp its programs of XDP, the fastest mode first
 * @param tc the BPF filters of its {@code clsact} qdisc, ingress first, each in the order in which
 *     they run
 * @param shared what is on TCX and netkit: {@link BpfAttachType#TCX_INGRESS}, {@link
 *     BpfAttachType#TCX_EGRESS}, {@link BpfAttachType#NETKIT_PRIMARY}, {@link
 *     BpfAttachType#NETKIT_PEER}; hooks that have nothing, and hooks that the kernel does not know,
 *     are left out
 */
public record DeviceState(
    NetworkDevice device,
    List<XdpAttachment> xdp,
    List<TcAttachment> tc,
    Map<BpfAttachType, HookState> shared) {
  public DeviceState {
    xdp = List.copyOf(xdp);
    tc = List.copyOf(tc);
    EnumMap<BpfAttachType, HookState> ordered = new EnumMap<>(BpfAttachType.class);
    ordered.putAll(shared);
    shared = Collections.unmodifiableMap(ordered);
  }

  /** Whether it has no program at all. */
  public boolean isFree() {
    return xdp.isEmpty() && tc.isEmpty() && shared.isEmpty();
  }
}
