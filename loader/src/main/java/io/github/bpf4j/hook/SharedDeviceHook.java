package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.attach.NetkitAttachPoint;
import io.github.bpf4j.attach.Sharing;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** TCX (kernel 6.6) and netkit (6.7): programs on a device, in an order of their own. */
public final class SharedDeviceHook {
  static final List<BpfAttachType> TYPES =
      List.of(
          BpfAttachType.TCX_INGRESS,
          BpfAttachType.TCX_EGRESS,
          BpfAttachType.NETKIT_PRIMARY,
          BpfAttachType.NETKIT_PEER);

  private SharedDeviceHook() {}

  static Attached attach(ProgramHandle program, TcxAttachPoint point) {
    return attach(program, point, point.device(), tcx(point.direction()), point.sharing());
  }

  static Attached attach(ProgramHandle program, NetkitAttachPoint point) {
    return attach(program, point, point.device(), netkit(point.isPeer()), point.sharing());
  }

  private static Attached attach(
      ProgramHandle program,
      AttachPoint point,
      NetworkDevice device,
      BpfAttachType type,
      Sharing sharing) {
    Hook.requireType(program, point, BpfProgramType.SCHED_CLS);
    SharedHook hook = hook(device, type, point.toString());
    return device.callThere(
        () -> {
          if (sharing.byLink()) {
            return hook.attachByLink(program, point, sharing);
          }
          hook.attachWithoutLink(program, point, sharing, SharedHook.Terms.ORDERED);
          return new HookAttached(
              program, new SharedPlace(hook, SharedHook.Terms.ORDERED, () -> {}));
        });
  }

  /** What is on the TCX hook of a device. */
  public static HookState query(NetworkDevice device, TcDirection direction) {
    String name = TcxAttachPoint.on(device, direction).toString();
    return device.callThere(() -> hook(device, tcx(direction), name).state());
  }

  /** Removes what {@link #query} found. */
  public static boolean detach(
      NetworkDevice device, TcDirection direction, AttachedProgram program) {
    return detach(device, tcx(direction), program);
  }

  /** The same of any of the hooks of this kind. */
  static boolean detach(NetworkDevice device, BpfAttachType type, AttachedProgram program) {
    return device.callThere(() -> hook(device, type, named(device, type)).detach(program));
  }

  /** What is on all hooks of this kind; those that have nothing are left out. */
  static Map<BpfAttachType, HookState> queryAll(NetworkDevice device, Owners owners) {
    Map<BpfAttachType, HookState> all = new EnumMap<>(BpfAttachType.class);
    for (BpfAttachType type : TYPES) {
      SharedHook hook = hook(device, type, named(device, type));
      hook.foundIfKnown()
          .filter(found -> !found.programs().isEmpty())
          .ifPresent(found -> all.put(type, hook.state(found, owners)));
    }
    return all;
  }

  private static String named(NetworkDevice device, BpfAttachType type) {
    return device + " (" + type.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
  }

  /** What is on a netkit device. */
  public static HookState queryNetkit(NetworkDevice device, boolean peer) {
    return device.callThere(() -> hook(device, netkit(peer), device + " (netkit)").state());
  }

  private static SharedHook hook(NetworkDevice device, BpfAttachType type, String name) {
    return new SharedHook(
        device.index(),
        type,
        name,
        (owners, entry) -> owners.of(entry.programId(), entry.linkId()));
  }

  private static BpfAttachType tcx(TcDirection direction) {
    return direction == TcDirection.INGRESS ? BpfAttachType.TCX_INGRESS : BpfAttachType.TCX_EGRESS;
  }

  private static BpfAttachType netkit(boolean peer) {
    return peer ? BpfAttachType.NETKIT_PEER : BpfAttachType.NETKIT_PRIMARY;
  }
}
