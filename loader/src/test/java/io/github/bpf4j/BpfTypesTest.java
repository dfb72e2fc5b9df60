package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.codec.Partial;
import io.github.bpf4j.ctype.CArray;
import io.github.bpf4j.ctype.CInt;
import io.github.bpf4j.ctype.CMember;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Types by name, of objects and of the kernel; opening an object takes no privilege. */
final class BpfTypesTest {
  record Text(int pid, String comm) {}

  @Test
  void aRecordIsBoundByTheNameOfItsStruct() {
    try (OpenBpfObject object = TestObjects.open("shapes")) {
      Codec<Text> codec = object.types().record("text", Text.class);
      MemorySegment segment = MemorySegment.ofArray(new byte[codec.size()]);
      codec.write(segment, 0, new Text(7, "bash"));
      assertEquals(new Text(7, "bash"), codec.read(segment, 0));
    }
  }

  @Test
  void aStructIsDescribedAsCWritesIt() {
    try (OpenBpfObject object = TestObjects.open("shapes")) {
      CStruct ether = object.types().struct("ether");
      assertEquals(14, ether.size());
      assertEquals(
          List.of("unsigned char[6] dest", "unsigned char[6] source", "__be16 proto"),
          ether.members().stream().map(CMember::toString).toList());
      assertEquals(
          new CInt("__be16", 2, false, false, ByteOrder.BIG_ENDIAN), ether.members().get(2).type());
      CStruct bits = object.types().struct("bits");
      assertEquals("__u32 twelve : 12", bits.members().get(2).toString());
      assertEquals(4, bits.members().get(2).bitOffset());
      CArray rows = (CArray) object.types().struct("matrix").members().getFirst().type();
      assertEquals("int[2][3]", rows.toString());
      assertEquals("struct alias_t", object.types().struct("alias_t").toString());
      assertEquals(List.of("a", "b", "c", "d"), names(object.types().struct("anonymous")));
    }
  }

  private static List<String> names(CStruct struct) {
    return struct.named().stream().map(CMember::name).toList();
  }

  @Test
  void aStructThatIsNotThereIsMissedWithThoseThatAre() {
    try (OpenBpfObject object = TestObjects.open("shapes")) {
      BpfException missed = assertThrows(BpfException.class, () -> object.types().struct("textt"));
      String said = missed.sentence();
      assertTrue(said.startsWith("cannot find struct textt of object "), said);
      assertTrue(said.contains("; there are: padded, negative, largest,"), said);
    }
  }

  @Test
  void anObjectWithoutBtfSaysWhatToDo() {
    try (OpenBpfObject object = TestObjects.open("legacy_xdp1_nobtf")) {
      BpfException missed = assertThrows(BpfException.class, () -> object.types().structs());
      assertTrue(missed.sentence().contains("compile it with -g"), missed.sentence());
    }
  }

  @Partial
  record Task(int pid, int tgid, String comm) {}

  @Test
  void theKernelsOwnStructsCanBeBound() {
    CStruct task = BpfTypes.ofKernel().struct("task_struct");
    assertTrue(task.size() > 1000, task.size() + " bytes");
    assertEquals(task.size(), Codec.record(Task.class, task).size());
  }
}
