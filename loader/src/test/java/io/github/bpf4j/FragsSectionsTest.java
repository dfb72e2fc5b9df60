package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.legacy.FragsSections;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What a kernel before 5.18 gets of a program for packets of several pages. */
@KernelTest
final class FragsSectionsTest {
  private static final int XDP_PASS = 2;

  @Test
  void itIsAProgramForPacketsOfOnePage() throws IOException {
    byte[] file = Files.readAllBytes(TestObjects.file("section_frags"));
    ElfObject object = ElfObject.parse(file, "frags");
    assertTrue(FragsSections.isIn(object));
    byte[] renamed = FragsSections.renamed(object);
    assertEquals(file.length, renamed.length);
    assertFalse(FragsSections.isIn(ElfObject.parse(renamed, "frags")));
    try (OpenBpfObject open = BpfObject.open(renamed, "frags")) {
      assertEquals(BpfProgramType.XDP, open.program("xdp_prog1").type());
      assertEquals(BpfAttachType.XDP, open.program("xdp_prog1").attachType());
      try (BpfObject loaded = open.load()) {
        int verdict = loaded.program("xdp_prog1").run(RunInput.packet(new byte[64])).verdict();
        assertEquals(XDP_PASS, verdict);
      }
    }
  }

  @Test
  void anotherObjectHasNone() throws IOException {
    byte[] file = Files.readAllBytes(TestObjects.file("section_xdp1"));
    assertFalse(FragsSections.isIn(ElfObject.parse(file, "other")));
  }
}
