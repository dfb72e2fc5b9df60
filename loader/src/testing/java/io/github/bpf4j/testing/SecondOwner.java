package io.github.bpf4j.testing;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.CgroupAttachPoint;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Another process that has a program on a hook by a {@code bpf_link}, until it is closed. It runs
 * in the network namespace of the thread that starts it.
 */
public final class SecondOwner implements AutoCloseable {
  private final Companion process;
  private final int programId;

  private SecondOwner(String... arguments) {
    process = new Companion(ChildJvm.command(Child.class, List.of(), arguments));
    programId = Integer.parseInt(String.valueOf(process.line()));
  }

  /** On the XDP hook of a device, native mode. */
  public static SecondOwner xdp(String device) {
    return new SecondOwner("foreign_xdp", "foreign", "xdp", device);
  }

  /** On the TCX ingress of a device. */
  public static SecondOwner tcx(String device) {
    return new SecondOwner("tc", "first", "tcx", device);
  }

  /** On what leaves a cgroup. */
  public static SecondOwner cgroup(Path folder) {
    return new SecondOwner("cgroup", "egress", "cgroup", folder.toString());
  }

  /** The kernel's id of its program. */
  public int programId() {
    return programId;
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.close();
  }

  /** Attaches, says so, and stays until its input ends. */
  static final class Child {
    public static void main(String[] args) throws IOException {
      try (BpfObject object = TestObjects.load(args[0])) {
        BpfProgram program = object.program(args[1]);
        try (AutoCloseable _ = program.attach(point(args[2], args[3]))) {
          System.out.println(program.info().id());
          while (System.in.read() >= 0) {}
        } catch (IOException | RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    }

    private static AttachPoint point(String hook, String where) {
      return switch (hook) {
        case "xdp" -> XdpAttachPoint.on(where).via(Via.LINK);
        case "tcx" -> TcxAttachPoint.ingress(where);
        case "cgroup" -> CgroupAttachPoint.of(Path.of(where));
        default -> throw new IllegalArgumentException(hook);
      };
    }
  }
}
