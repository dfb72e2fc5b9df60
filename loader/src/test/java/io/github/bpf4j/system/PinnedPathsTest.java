package io.github.bpf4j.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfMap;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@KernelTest
final class PinnedPathsTest {
  private final Path folder =
      Path.of("/sys/fs/bpf/bpf4j-pinned-paths-" + ProcessHandle.current().pid());

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(folder.resolve("deeper"));
  }

  @AfterEach
  void removeFolder() {
    Commands.run("rm", "-r", folder.toString());
  }

  @Test
  void eachKindIsFoundWhereItIsPinned() throws Exception {
    try (TestNetwork network = new TestNetwork();
        BpfObject object = TestObjects.load("xdp1_kern")) {
      BpfMap map = object.map("rxcnt");
      BpfProgram program = object.program("xdp_prog1");
      map.pin(folder.resolve("deeper/second"));
      map.pin(folder.resolve("deeper/first"));
      Path programPin = folder.resolve("program");
      int id = program.info().id();
      Commands.run("bpftool", "prog", "pin", "id", Integer.toString(id), programPin.toString());
      network.run(
          () -> {
            XdpAttachPoint point = XdpAttachPoint.on("right").via(Via.LINK);
            try (BpfLink link = program.attach(point)) {
              link.pin(folder.resolve("link"));
              PinnedPaths pinned = PinnedPaths.find();
              assertEquals(
                  List.of(folder.resolve("deeper/first"), folder.resolve("deeper/second")),
                  pinned.of(ObjectKind.MAP, map.info().id()));
              assertEquals(List.of(programPin), pinned.of(ObjectKind.PROGRAM, id));
              assertEquals(
                  List.of(folder.resolve("link")), pinned.of(ObjectKind.LINK, link.info().id()));
              assertEquals(List.of(), pinned.of(ObjectKind.BTF, map.info().btfId()));
              assertEquals(
                  Optional.of(link.info().id()),
                  PinnedPaths.idAt(folder.resolve("link"), ObjectKind.LINK));
              link.detach();
            }
            return;
          });
    }
  }

  @Test
  void aPinIsAskedForByItsKind() {
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      BpfMap map = object.map("rxcnt");
      Path pin = folder.resolve("map");
      map.pin(pin);
      assertEquals(Optional.of(map.info().id()), PinnedPaths.idAt(pin, ObjectKind.MAP));
      assertEquals(Optional.empty(), PinnedPaths.idAt(pin, ObjectKind.PROGRAM));
      assertEquals(Optional.empty(), PinnedPaths.idAt(folder.resolve("no"), ObjectKind.MAP));
      assertThrows(
          BpfException.class, () -> PinnedPaths.idAt(Path.of("/etc/hostname"), ObjectKind.MAP));
    }
  }
}
