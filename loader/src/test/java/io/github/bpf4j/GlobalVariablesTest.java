package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.testing.Allocation;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables that a BPF program reads and writes while this process does. */
@KernelTest
final class GlobalVariablesTest {
  private static final int XDP_DROP = 1;

  record Settings(long limit, boolean enabled, long mask) {}

  private static int run(BpfObject object, String program) {
    return object.program(program).run(RunInput.packet(Frames.arp())).verdict();
  }

  @ParameterizedTest
  @CsvSource({
    "u8, 0, 255",
    "s8, -128, 127",
    "u16, 0, 65535",
    "s16, -32768, 32767",
    "u32, 0, 4294967295",
    "s32, -2147483648, 2147483647",
    "u64, -1, 9223372036854775807",
    "s64, -9223372036854775808, 9223372036854775807",
    "bool, 0, 1",
    "level, 0, 70000",
    "small, 0, 200",
  })
  void theProgramSeesWhatIsWrittenAndItsAnswerIsRead(String kind, long least, long most) {
    try (BpfObject object = TestObjects.load("variables")) {
      for (long value : new long[] {least, 1, most}) {
        object.variable("in_" + kind).setLong(value);
        run(object, "copy");
        assertEquals(value, object.variable("in_" + kind).getLong());
        assertEquals(value, object.variable("out_" + kind).getLong());
      }
    }
  }

  @Test
  void eachVariableIsWrittenAloneAndTouchesNoNeighbour() {
    try (BpfObject object = TestObjects.load("variables")) {
      List<GlobalVariable> numbers =
          object.variables().stream()
              .filter(variable -> variable.section().equals(".bss"))
              .filter(variable -> variable.length() == 1 && variable.size() <= 8)
              .toList();
      assertEquals(20, numbers.size(), numbers.toString());
      for (GlobalVariable one : numbers) {
        one.setBoolean(true);
        for (GlobalVariable other : numbers) {
          assertEquals(other == one, other.getBoolean(), one + ", " + other);
        }
        one.setBoolean(false);
      }
    }
  }

  @Test
  void anIntHoldsTheBitsOfFourBytesAndTheValueOfLess() {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable unsigned = object.variable("in_u32");
      unsigned.setInt(-2);
      assertEquals(-2, unsigned.getInt());
      assertEquals(0xffff_fffeL, unsigned.getLong());
      GlobalVariable level = object.variable("in_level");
      level.setInt(-1); // compilers before clang 15 do not say that an enum is signed
      run(object, "copy");
      assertEquals(-1, object.variable("out_level").getInt());
      GlobalVariable small = object.variable("in_u16");
      small.setInt(0xfffe);
      assertEquals(0xfffe, small.getInt());
      assertThrows(IllegalArgumentException.class, () -> small.setInt(-2));
      IllegalStateException wide =
          assertThrows(IllegalStateException.class, () -> object.variable("in_u64").getInt());
      assertEquals(
          "variable __u64 in_u64 in .bss has more bytes than an int: use getLong and setLong",
          wide.getMessage());
    }
  }

  @Test
  void arraysAreReadAndWrittenByElement() {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable ports = object.variable("in_ports");
      GlobalVariable matrix = object.variable("in_matrix");
      assertEquals(5, ports.length());
      assertEquals(6, matrix.length());
      for (int i = 0; i < 5; i++) {
        ports.setInt(i, 0xfff0 + i);
      }
      for (int i = 0; i < 6; i++) {
        matrix.setLong(i, Long.MIN_VALUE + i);
      }
      run(object, "copy");
      for (int i = 0; i < 5; i++) {
        assertEquals(0xfff0 + i, object.variable("out_ports").getInt(i));
      }
      GlobalVariable copied = object.variable("out_matrix");
      long[][] whole = copied.get(copied.codec(long[][].class));
      for (int i = 0; i < 6; i++) {
        assertEquals(Long.MIN_VALUE + i, copied.getLong(i));
        assertEquals(Long.MIN_VALUE + i, whole[i / 3][i % 3]);
        assertEquals(Long.MIN_VALUE + i, copied.get(Codec.u64(), i));
      }
      ports.set(Codec.u16(), 4, 7);
      assertEquals(7, ports.getInt(4));
      assertEquals(0xfff3, ports.getInt(3));
    }
  }

  @Test
  void structsGoThroughRecords() {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable in = object.variable("in_settings");
      GlobalVariable out = object.variable("out_settings");
      Codec<Settings> codec = in.codec(Settings.class);
      Settings settings = new Settings(0xffff_ffffL, true, Long.MIN_VALUE);
      in.set(codec, settings);
      run(object, "copy");
      assertEquals(settings, out.get(out.codec(Settings.class)));
      assertEquals(settings, out.get(object.types().record("settings", Settings.class)));
      IllegalStateException number = assertThrows(IllegalStateException.class, in::getLong);
      assertEquals(
          "variable struct settings in_settings in .bss is no integer that the processor reads at"
              + " once (16 bytes): use a codec, such as codec(Class)",
          number.getMessage());
    }
  }

  @Test
  void aFlagTellsThatDataIsThereAndIsTakenBack() {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable data = object.variable("data");
      GlobalVariable ready = object.variable("ready");
      GlobalVariable total = object.variable("total");
      for (int i = 1; i <= 100; i++) {
        data.setLong(i);
        ready.setInt(1);
        assertEquals(XDP_DROP, run(object, "publish"));
        assertEquals(0, ready.getInt());
      }
      assertEquals(5050, total.getLong());
    }
  }

  @Test
  void countersAreAddedToAndTakenWithoutLosingACount() throws InterruptedException {
    int runs = 200_000;
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable total = object.variable("total");
      Thread program =
          new Thread(() -> object.program("count").run(RunInput.packet(Frames.arp()).repeat(runs)));
      program.start();
      long taken = 0;
      long added = 0;
      while (program.isAlive()) {
        taken += total.getAndSet(0);
        total.getAndAdd(1);
        added++;
      }
      program.join();
      assertEquals(runs + added, taken + total.getAndSet(0));
      assertEquals(0, total.getLong());
      assertEquals(0, object.variable("in_s32").getAndAdd(-3));
      assertEquals(-3, object.variable("in_s32").getAndSet(4));
      assertEquals(0, object.variable("in_matrix").getAndAdd(5, 9));
      assertEquals(9, object.variable("in_matrix").getAndSet(5, 1));
      IllegalStateException tooSmall =
          assertThrows(IllegalStateException.class, () -> object.variable("in_u16").getAndAdd(1));
      assertEquals(
          "variable __u16 in_u16 in .bss cannot be changed in place: that takes 4 or 8 bytes in"
              + " this machine's byte order",
          tooSmall.getMessage());
    }
  }

  @Test
  void aSectionOfStaticsOnlyIsMappedToo() {
    try (BpfObject object = TestObjects.load("variables")) {
      run(object, "see");
      assertEquals(14, object.variable("private_count").getLong());
    }
  }

  @Test
  @Requires(KernelFeature.GLOBAL_SPIN_LOCK)
  void whatTheKernelKeepsForItselfIsRefusedAndTheRestWorks() {
    try (BpfObject object = TestObjects.load("locked_variable")) {
      run(object, "lock");
      BpfUnsupportedException refused =
          assertThrows(
              BpfUnsupportedException.class, () -> object.variable("guarded").getLong(), "none");
      assertEquals("map .data.locked", refused.subject());
      assertEquals(Optional.of("BpfMap.lookup reads them"), refused.hint());
      assertThrows(
          BpfUnsupportedException.class, () -> object.variable("guarded").get(Codec.u64()));
      assertEquals(2, object.variable("beside").getLong());
    }
  }

  @Test
  void readingAndWritingAllocatesNothing() {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable total = object.variable("total");
      GlobalVariable ports = object.variable("in_ports");
      double bytes =
          Allocation.bytesPerCall(
              10_000,
              () -> {
                total.setLong(total.getLong() + 1);
                total.getAndAdd(1);
                ports.setInt(3, ports.getInt(2) + 1);
                ports.setInt(2, 5);
              });
      assertEquals(0, bytes);
    }
  }
}
