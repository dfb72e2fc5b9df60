package io.github.bpf4j.hook;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.LinkCreate;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.XdpNetlink;
import io.github.bpf4j.libbpf.XdpQuery;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.LinkTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attaching to the XDP hook, without ever taking away what somebody else put there unasked. */
public final class XdpHook {
  /** How often a replacement is tried when the program to replace changes in between. */
  private static final int TRIES = 3;

  private XdpHook() {}

  /** Attaches. */
  static Attached attach(ProgramHandle program, XdpAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.XDP);
    return point
        .device()
        .callThere(
            () -> point.via() == Via.LINK ? byLink(program, point) : byNetlink(program, point));
  }

  private static Attached byLink(ProgramHandle program, XdpAttachPoint point) {
    int link =
        LinkCreate.plain(
            program.fd(), point.device().index(), BpfAttachType.XDP.number(), point.mode().flag());
    return Hook.byLink(
        program, point, link, errno -> XdpFailure.attaching(program.name(), point, errno));
  }

  private static Attached byNetlink(ProgramHandle program, XdpAttachPoint point) {
    // Before the attach: a process that is killed right after it leaves a program that bears a
    // mark.
    program.markOnce(Processes::self);
    int result = 0;
    for (int i = 0; i < TRIES; i++) {
      result = tryNetlink(program, point);
      boolean changed = result == -Errno.EEXIST || result == -Errno.EBUSY;
      if (!changed || !point.replacesAny()) {
        break;
      }
    }
    if (result < 0) {
      throw XdpFailure.attaching(program.name(), point, -result);
    }
    return new HookAttached(program, new XdpPlace(point));
  }

  private static int tryNetlink(ProgramHandle program, XdpAttachPoint point) {
    int ifindex = point.device().index();
    int flag = point.mode().flag();
    Optional<Fd> other = Optional.empty();
    if (point.replaced().isPresent()) {
      other = KernelObjects.openProgram(point.replaced().getAsInt());
      if (other.isEmpty()) {
        return -Errno.EEXIST; // as the kernel says of a program that is elsewhere
      }
    } else if (point.replacesAny()) {
      other = programOn(ifindex, point.mode());
    }
    if (other.isEmpty()) {
      return XdpNetlink.attach(ifindex, program.fd(), flag, XdpNetlink.NO_PROGRAM);
    }
    try (Fd expected = other.get()) {
      return XdpNetlink.attach(ifindex, program.fd(), flag, expected.number());
    }
  }

  private static Optional<Fd> programOn(int ifindex, XdpMode mode) {
    int id = programId(ifindex, mode);
    return id == 0 ? Optional.empty() : KernelObjects.openProgram(id);
  }

  private static int programId(int ifindex, XdpMode mode) {
    try (XdpQuery query = new XdpQuery(ifindex)) {
      return query.ask() < 0 ? 0 : programId(query, mode);
    }
  }

  /** The exception for a device that cannot be asked. */
  public static BpfException cannotQuery(NetworkDevice device, int errno) {
    return XdpFailure.querying(device, errno);
  }

  /** What was found in a mode, 0 for nothing. */
  public static int programId(XdpQuery query, XdpMode mode) {
    return switch (mode) {
      case SKB -> query.skbProgram();
      case NATIVE -> query.nativeProgram();
      case HW -> query.hwProgram();
    };
  }

  /** What is on the hook, the fastest mode first. */
  public static List<XdpAttachment> query(NetworkDevice device) {
    return device.callThere(() -> query(device, new Owners()));
  }

  static List<XdpAttachment> query(NetworkDevice device, Owners owners) {
    List<XdpAttachment> found = new ArrayList<>();
    try (XdpQuery query = new XdpQuery(device.index())) {
      int result = query.ask();
      if (result < 0) {
        throw XdpFailure.querying(device, -result);
      }
      for (XdpMode mode : List.of(XdpMode.HW, XdpMode.NATIVE, XdpMode.SKB)) {
        int id = programId(query, mode);
        if (id != 0) {
          found.add(describe(device, mode, id, owners));
        }
      }
    }
    return found;
  }

  private static XdpAttachment describe(NetworkDevice device, XdpMode mode, int id, Owners owners) {
    // The program is asked for too, because other network namespaces use the same ifindexes.
    LinkTarget target = new LinkTarget.Device(device.index(), BpfAttachType.XDP);
    return new XdpAttachment(device, mode, owners.of(id, link -> link.target().equals(target)));
  }

  /**
   * Removes what {@link #query} found, if it is still that very program.
   *
   * @return false when it is gone or replaced
   */
  public static boolean detach(XdpAttachment found) {
    int id = found.program().id();
    Optional<Fd> program = KernelObjects.openProgram(id);
    if (program.isEmpty()) {
      return false;
    }
    try (Fd expected = program.get()) {
      boolean detached =
          found
              .device()
              .callThere(() -> detach(found.device(), found.mode(), expected.number(), id));
      // Only now: which link it is was guessed, and others' may look the same.
      if (!detached && isThere(found) && found.program().linkId().isPresent()) {
        throw XdpFailure.heldByLink(found);
      }
      return detached;
    }
  }

  private static boolean isThere(XdpAttachment found) {
    int index = found.device().index();
    return found.device().callThere(() -> programId(index, found.mode())) == found.program().id();
  }

  static boolean detach(NetworkDevice device, XdpMode mode, int programFd, int programId) {
    int result = XdpNetlink.detach(device.index(), mode.flag(), programFd);
    if (result >= 0) {
      return true;
    }
    BpfException refused = XdpFailure.detaching(device, -result);
    // ENODEV: the device is gone; ENOENT: nothing is there; EBUSY: a bpf_link is. EEXIST is another
    // program, or a device above this one that has a program and lets nobody change anything here.
    if (result == -Errno.ENODEV || result == -Errno.ENOENT || result == -Errno.EBUSY) {
      return false;
    }
    if (result == -Errno.EEXIST && programId(device.index(), mode) != programId) {
      return false;
    }
    throw refused;
  }
}
