package io.github.bpf4j.samples;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.CgroupAttachPoint;
import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.TestObjects;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that attaches a program, and is killed with it on the hook:
 *
 * <pre>
 *   xdp DEVICE | xdplink DEVICE | xdppin DEVICE PIN | tc DEVICE | tcx DEVICE | cgroup FOLDER
 * </pre>
 */
final class LeftBehind {
  private LeftBehind() {}

  /** Runs one to its death; the id of its program. */
  static int by(String... how) throws Exception {
    Process process =
        new ProcessBuilder(ChildJvm.command(LeftBehind.class, List.of(), how))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      return Integer.parseInt(String.valueOf(output.readLine()));
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  public static void main(String[] args) throws IOException {
    try (BpfObject object = TestObjects.load(object(args[0]));
        BpfLink link = program(object, args[0]).attach(point(args[0], args[1]))) {
      if (args.length > 2) {
        link.pin(Path.of(args[2]));
      }
      System.out.println(program(object, args[0]).info().id());
      while (System.in.read() >= 0) {}
    }
  }

  private static String object(String how) {
    return switch (how) {
      case "tc", "tcx" -> "tc";
      case "cgroup" -> "cgroup";
      default -> "two_programs";
    };
  }

  private static BpfProgram program(BpfObject object, String how) {
    return object.program(how.equals("cgroup") ? "egress" : "first");
  }

  private static AttachPoint point(String how, String where) {
    return switch (how) {
      case "xdp" -> XdpAttachPoint.on(where);
      case "xdplink", "xdppin" -> XdpAttachPoint.on(where).via(Via.LINK);
      case "tc" -> TcAttachPoint.ingress(where);
      case "tcx" -> TcxAttachPoint.ingress(where).withoutLink();
      case "cgroup" -> CgroupAttachPoint.of(Path.of(where)).withoutLink();
      default -> throw new IllegalArgumentException(how);
    };
  }
}
