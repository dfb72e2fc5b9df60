package io.github.bpf4j.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.Place;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types as {@code bpftool} reads them, and all those of the running kernel. */
@KernelTest
final class BtfSecondOpinionTest {
  private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xdp1_kern",
        "core",
        "globals",
        "callback",
        "maps",
        "struct_ops",
        "map_in_map",
        "legacy_zoo"
      })
  void typesOfAnObjectAreThoseThatBpftoolSees(String name) throws IOException {
    Path file = TestObjects.file(name);
    ElfObject object = ElfObject.parse(Files.readAllBytes(file), name);
    ElfSection section = object.section(Btf.SECTION);
    assertNotNull(section);
    assertEquals(bpftool(file), lines(Btf.parse(object, section)));
  }

  @Test
  void everyTypeOfTheKernelIsReadAndFoundWellFormed() throws IOException {
    Btf btf =
        Btf.parse(Files.readAllBytes(KERNEL), ByteOrder.nativeOrder(), new Place("vmlinux", "BTF"));
    assertTrue(btf.count() > 10_000, btf.count() + " types");
    assertEquals(bpftool(KERNEL), lines(btf));
    BtfType task = btf.find(BtfKind.STRUCT, "task_struct");
    assertNotNull(task);
    assertTrue(task.members().stream().anyMatch(member -> member.name().equals("pid")));
    assertTrue(task.size() > 1000);
  }

  /** {@code [7] STRUCT 'packet' size=8 vlen=2}, the part that is the same for all kinds. */
  private static List<String> bpftool(Path file) {
    return Commands.run("bpftool", "btf", "dump", "file", file.toString(), "format", "raw")
        .lines()
        .filter(line -> line.startsWith("["))
        .map(line -> line.substring(0, line.indexOf('\'', line.indexOf('\'') + 1) + 1))
        .toList();
  }

  private static List<String> lines(Btf btf) {
    List<String> lines = new ArrayList<>();
    for (int id = 1; id < btf.count(); id++) {
      BtfType type = btf.type(id);
      String name = type.name().isEmpty() ? "(anon)" : type.name();
      lines.add("[" + id + "] " + type.kind() + " '" + name + "'");
    }
    return lines;
  }
}
