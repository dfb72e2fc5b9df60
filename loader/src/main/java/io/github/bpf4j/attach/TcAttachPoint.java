package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkDevice;
import java.util.OptionalInt;

/**
 * A filter of traffic control on a network device, in direct-action mode: what {@code tc filter add
 * dev eth0 ingress bpf da} makes. The {@code clsact} qdisc that it needs is made where there is
 * none, and never removed, since others' filters may have come to depend on it.
 *
 * <pre>{@code
 * TcAttachPoint.ingress("eth0")                         // handle and priority are the kernel's choice
 * TcAttachPoint.egress("eth0").priority(10).handle(1)   // only where nothing is
 * TcAttachPoint.egress("eth0").priority(10).handle(1).replacing(17)
 * TcAttachPoint.below("eth0", 0x00010000)               // the filters of qdisc 1:
 * }</pre>
 *
 * <p>Filters run by rising priority number, until one returns something else than {@code
 * TC_ACT_UNSPEC} (-1). Programs are of type {@code SCHED_CLS}, section {@code "tc"}. Needs
 * CAP_NET_ADMIN.
 *
 * <p>The filter stays when the process ends. Whoever has CAP_NET_ADMIN may replace it: the kernel
 * knows no owner of a filter, and removes by handle and priority only. So {@code detach} looks
 * first whether the program there is still its own, and leaves another's alone; only a replacement
 * in the moment between both would be lost. {@link TcxAttachPoint} has no such gap.
 *
 * <p>Immutable: each method returns another point.
 */
public final class TcAttachPoint implements AttachPoint {
  private final NetworkDevice device;
  private final int parent;
  private final int priority;
  private final int handle;
  private final boolean replacesAny;
  private final OptionalInt replaced;

  private TcAttachPoint(
      NetworkDevice device,
      int parent,
      int priority,
      int handle,
      boolean replacesAny,
      OptionalInt replaced) {
    this.device = device;
    this.parent = parent;
    this.priority = priority;
    this.handle = handle;
    this.replacesAny = replacesAny;
    this.replaced = replaced;
  }

  /** Packets that come in by the device of that name in the calling thread's namespace. */
  public static TcAttachPoint ingress(String device) {
    return on(NetworkDevice.of(device), TcDirection.INGRESS);
  }

  /** Packets that go out by the device of that name in the calling thread's namespace. */
  public static TcAttachPoint egress(String device) {
    return on(NetworkDevice.of(device), TcDirection.EGRESS);
  }

  /** A hook of a device: at a priority and handle that the kernel chooses. */
  public static TcAttachPoint on(NetworkDevice device, TcDirection direction) {
    return below(device, direction.parent());
  }

  /**
   * The filters of another qdisc or class, which has to be there.
   *
   * @param parent its handle, such as {@code 0x00010000} for {@code 1:}
   */
  public static TcAttachPoint below(NetworkDevice device, int parent) {
    return new TcAttachPoint(device, parent, 0, 0, false, OptionalInt.empty());
  }

  /**
   * The same at a priority.
   *
   * @param newPriority 1 to 65535, the lowest runs first; 0 leaves it to the kernel
   */
  public TcAttachPoint priority(int newPriority) {
    if (newPriority < 0 || newPriority > 0xffff) {
      throw new IllegalArgumentException("priority must be 0 to 65535, not " + newPriority);
    }
    return new TcAttachPoint(device, parent, newPriority, handle, replacesAny, replaced);
  }

  /** The same with a handle, which tells filters of one priority apart; 0: the kernel's choice. */
  public TcAttachPoint handle(int newHandle) {
    return new TcAttachPoint(device, parent, priority, newHandle, replacesAny, replaced);
  }

  /**
   * The same, taking the place of whatever program has this priority and handle, which must be
   * given, or of none.
   */
  public TcAttachPoint replacingAny() {
    return new TcAttachPoint(device, parent, priority, handle, true, OptionalInt.empty());
  }

  /**
   * The same, taking the place of one program and no other, at the priority and handle given. The
   * kernel cannot be told so: it is looked at right before.
   */
  public TcAttachPoint replacing(int programId) {
    return new TcAttachPoint(device, parent, priority, handle, false, OptionalInt.of(programId));
  }

  /** The device. */
  public NetworkDevice device() {
    return device;
  }

  /** The handle of the qdisc or class whose filters these are. */
  public int parent() {
    return parent;
  }

  /** The priority, 0 for the kernel's choice. */
  public int priority() {
    return priority;
  }

  /** The handle, 0 for the kernel's choice. */
  public int handle() {
    return handle;
  }

  /** Whether it takes the place of whatever program is there. */
  public boolean replacesAny() {
    return replacesAny;
  }

  /** The id of the only program that it takes the place of. */
  public OptionalInt replaced() {
    return replaced;
  }

  /** Such as {@code "eth0 (tc ingress, priority 10)"}. */
  @Override
  public String toString() {
    return device
        + " (tc "
        + TcDirection.describe(parent)
        + (priority == 0 ? "" : ", priority " + priority)
        + (handle == 0 ? "" : ", handle 0x" + Integer.toHexString(handle))
        + ")";
  }
}
