package io.github.bpf4j.hook;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.attach.XdpAttachment.LoadedBy;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.Links;
import io.github.bpf4j.libbpf.OwnerMark;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.XdpNetlink;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.ProgramInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Attaching to the XDP hook, without ever taking away what somebody else put there unasked. */
public final class XdpHook {
  /** How often a replacement is tried when the program to replace changes in between. */
  private static final int TRIES = 3;

  private XdpHook() {}

  /** Attaches. */
  public static Attached attach(ProgramHandle program, XdpAttachPoint point) {
    program.lease().acquire();
    try {
      return point.via() == Via.LINK ? byLink(program, point) : byNetlink(program, point);
    } catch (RuntimeException | Error e) {
      program.lease().release();
      throw e;
    }
  }

  private static Attached byLink(ProgramHandle program, XdpAttachPoint point) {
    int link = Links.createXdp(program.fd(), point.device().index(), point.mode().flag());
    if (link < 0) {
      throw XdpFailure.attaching(program.name(), point, -link);
    }
    return new XdpLinkAttached(program, point, Links.owned(link));
  }

  private static Attached byNetlink(ProgramHandle program, XdpAttachPoint point) {
    int programId = KernelObjects.programInfo(program.fd()).id();
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
    return new XdpNetlinkAttached(program, programId, point);
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
    XdpNetlink.Query query = new XdpNetlink.Query();
    int id = query.ask(ifindex) < 0 ? 0 : programId(query, mode);
    return id == 0 ? Optional.empty() : KernelObjects.openProgram(id);
  }

  static int programId(XdpNetlink.Query query, XdpMode mode) {
    return switch (mode) {
      case SKB -> query.skbProgram();
      case NATIVE -> query.nativeProgram();
      case HW -> query.hwProgram();
    };
  }

  /** What is on the hook, the fastest mode first. */
  public static List<XdpAttachment> query(NetworkDevice device) {
    XdpNetlink.Query query = new XdpNetlink.Query();
    int result = query.ask(device.index());
    if (result < 0) {
      throw XdpFailure.querying(device, -result);
    }
    if (!device.exists()) {
      // libbpf before 1.3 finds nothing rather than failing.
      throw XdpFailure.querying(device, Errno.ENODEV);
    }
    List<XdpAttachment> found = new ArrayList<>();
    for (XdpMode mode : List.of(XdpMode.HW, XdpMode.NATIVE, XdpMode.SKB)) {
      int id = programId(query, mode);
      if (id != 0) {
        found.add(describe(device, mode, id));
      }
    }
    return found;
  }

  private static XdpAttachment describe(NetworkDevice device, XdpMode mode, int id) {
    Optional<ProgramInfo> program;
    OptionalInt link;
    try {
      program = KernelObjects.openProgram(id).map(XdpHook::info);
      link = KernelObjects.xdpLink(device.index(), id);
    } catch (BpfException e) {
      // Without CAP_SYS_ADMIN the id is all that can be told.
      program = Optional.empty();
      link = OptionalInt.empty();
    }
    Optional<LoadedBy> owner =
        program
            .flatMap(OwnerMark::of)
            .map(process -> new LoadedBy(process.pid(), Processes.isRunning(process)));
    return new XdpAttachment(device, mode, id, program, link, owner, Processes.holding(id));
  }

  private static ProgramInfo info(Fd program) {
    try (program) {
      return KernelObjects.programInfo(program.number());
    }
  }

  /**
   * Removes what {@link #query} found, if it is still that very program.
   *
   * @return false when it is gone or replaced
   */
  public static boolean detach(XdpAttachment found) {
    if (found.linkId().isPresent()) {
      throw XdpFailure.heldByLink(found);
    }
    Optional<Fd> program = KernelObjects.openProgram(found.programId());
    if (program.isEmpty()) {
      return false;
    }
    try (Fd expected = program.get()) {
      return detach(found.device(), found.mode(), expected.number(), found.programId());
    }
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
    if (result == -Errno.EEXIST && !isOn(device, mode, programId)) {
      return false;
    }
    throw refused;
  }

  private static boolean isOn(NetworkDevice device, XdpMode mode, int programId) {
    XdpNetlink.Query query = new XdpNetlink.Query();
    return query.ask(device.index()) >= 0 && programId(query, mode) == programId;
  }
}
