package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.testing.Allocation;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource({
    "u8, 256, 0, 255", "u8, -1, 0, 255",
    "s8, 128, -128, 127", "s16, -32769, -32768, 32767",
    "u32, -1, 0, 4294967295", "s32, 2147483648, -2147483648, 2147483647",
    "bool, 2, 0, 1", "small, 256, 0, 255",
  })
  void whatDoesNotFitIsRefusedAndNothingWritten(String kind, long value, long least, long most) {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable variable = object.variable("in_" + kind);
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> variable.setLong(value));
      assertEquals(
          value
              + " does not fit into variable "
              + variable
              + ": it must be between "
              + least
              + " and "
              + most,
          refused.getMessage());
      assertEquals(0, variable.getLong());
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
  void anIndexOutsideAnArrayIsRefusedAndAnArrayWantsOne() {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable ports = object.variable("in_ports");
      for (long index : new long[] {-1, 5, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62}) {
        assertThrows(IndexOutOfBoundsException.class, () -> ports.getLong(index));
        assertThrows(IndexOutOfBoundsException.class, () -> ports.setInt(index, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> ports.get(Codec.u16(), index));
      }
      IndexOutOfBoundsException outside =
          assertThrows(IndexOutOfBoundsException.class, () -> ports.getInt(5));
      assertEquals("index 5 of variable in_ports, which has 5", outside.getMessage());
      IllegalStateException whole = assertThrows(IllegalStateException.class, ports::getLong);
      assertEquals(
          "variable __u16[5] in_ports in .bss is an array of 5: give an index", whole.getMessage());
      assertEquals(0, object.variable("in_u8").getLong(0));
      assertThrows(IndexOutOfBoundsException.class, () -> object.variable("in_u8").getLong(1));
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
  void aCodecOfAnotherSizeIsRefused() {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable variable = object.variable("in_u32");
      String expected = "a codec of 8 bytes for 4 bytes of variable __u32 in_u32 in .bss";
      assertEquals(
          expected,
          assertThrows(IllegalArgumentException.class, () -> variable.get(Codec.u64()))
              .getMessage());
      assertEquals(
          expected,
          assertThrows(IllegalArgumentException.class, () -> variable.set(Codec.u64(), 1L))
              .getMessage());
      assertThrows(BpfException.class, () -> variable.codec(Settings.class));
    }
  }

  @Test
  void whatIsSetBeforeTheLoadIsWhatTheProgramSees() {
    try (OpenBpfObject open = TestObjects.open("variables")) {
      assertEquals(100, open.variable("threshold").getLong());
      assertEquals(-5, open.variable("bias").getInt());
      open.variable("threshold").setInt(42);
      open.variable("strict").setBoolean(true);
      open.variable("bias").setLong(-7);
      GlobalVariable device = open.variable("device");
      Codec<String> text = device.codec(String.class);
      assertEquals("lo", device.get(text));
      device.set(text, "eth0");
      GlobalVariable initial = open.variable("initial");
      Codec<Settings> settings = initial.codec(Settings.class);
      assertEquals(new Settings(1, true, Long.MIN_VALUE), initial.get(settings));
      initial.set(settings, new Settings(9, false, 10));
      open.variable("elsewhere").setLong(30);
      open.variable("private_count").setLong(110);
      open.variable("file_static").setInt(90);
      open.variable("first.calls").setInt(0);
      open.variable("total").setLong(5); // in .bss, which the file does not hold
      try (BpfObject object = open.load()) {
        run(object, "see");
        assertEquals(1042, object.variable("threshold_seen").getLong());
        assertEquals(-7, object.variable("bias_seen").getInt());
        assertEquals('e' << 8 | 't', object.variable("device_seen").getInt());
        assertEquals("eth0", object.variable("device").get(text));
        assertEquals(new Settings(9, false, 10), object.variable("initial_seen").get(settings));
        assertEquals(31, object.variable("elsewhere").getLong());
        assertEquals(113, object.variable("private_count").getLong());
        assertEquals(90 + 1 + 21, object.variable("file_static").getLong());
        assertEquals(1, object.variable("first.calls").getLong());
        assertEquals(21, object.variable("second.calls").getLong());
        assertEquals(5, object.variable("total").getLong());
        assertTrue(object.variable("address").getLong() != 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"threshold", "bias", "LINUX_KERNEL_VERSION", "CONFIG_BPF4J_TEST"})
  void constantsCanOnlyBeReadAfterTheLoad(String name) {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable constant = object.variable(name);
      long before = constant.getLong();
      assertTrue(constant.isReadOnly());
      List<Runnable> writes =
          List.of(
              () -> constant.setLong(1),
              () -> constant.setInt(1),
              () -> constant.setLong(0, 1),
              () -> constant.setBoolean(true),
              () -> constant.getAndAdd(1),
              () -> constant.getAndSet(1),
              () -> constant.set(Codec.bytes((int) constant.size()), new byte[4]));
      for (Runnable write : writes) {
        IllegalStateException refused =
            assertThrows(IllegalStateException.class, write::run, "no error");
        assertEquals(
            "variable "
                + constant
                + " can only be read once it is loaded: set it on the OpenBpfObject, before load()",
            refused.getMessage());
      }
      assertEquals(before, constant.getLong());
    }
  }

  @Test
  void notEvenACodecThatWritesWhereItReadsReachesAConstant() {
    try (BpfObject object = TestObjects.load("variables")) {
      GlobalVariable constant = object.variable("threshold");
      Codec<Long> sly =
          new Codec<>() {
            @Override
            public int size() {
              return 4;
            }

            @Override
            public Long read(MemorySegment segment, long offset) {
              Codec.u32().write(segment, offset, 1L);
              return 1L;
            }

            @Override
            public void write(MemorySegment segment, long offset, Long value) {
              throw new AssertionError("must not be reached");
            }
          };
      assertThrows(IllegalArgumentException.class, () -> constant.get(sly));
      assertEquals(100, constant.getLong());
    }
  }

  @Test
  void theKernelsConfigurationIsReadAfterTheLoadAndSetByAnOption() {
    OpenOptions options = OpenOptions.defaults().kconfig("CONFIG_BPF4J_TEST=77");
    try (OpenBpfObject open = BpfObject.open(TestObjects.file("variables"), options)) {
      BpfException early =
          assertThrows(
              BpfException.class, () -> open.variable("CONFIG_BPF4J_TEST").setInt(1), "no error");
      assertEquals(
          "cannot use map variabl.kconfig: its variables get their values by the load;"
              + " OpenOptions.kconfig sets others than those of the kernel",
          early.getMessage());
      try (BpfObject object = open.load()) {
        run(object, "see");
        assertEquals(77, object.variable("CONFIG_BPF4J_TEST").getLong());
        assertEquals(77, object.variable("kconfig_seen").getLong());
        long version = object.variable("LINUX_KERNEL_VERSION").getLong();
        assertEquals(version, object.variable("version_seen").getLong());
        String[] release = System.getProperty("os.version").split("[^0-9]+", 3);
        assertEquals(Long.parseLong(release[0]) << 8 | Long.parseLong(release[1]), version >>> 8);
      }
    }
  }

  @Test
  void aNameThatIsNotThereListsThoseThatAre() {
    try (OpenBpfObject open = TestObjects.open("few_variables")) {
      BpfException before =
          assertThrows(BpfException.class, () -> open.variable("nothing"), "no error");
      assertEquals(
          "cannot find variable nothing: object few_variables has no variable of that name"
              + " (ENOENT); it has: threshold, odd, runs, seen",
          before.getMessage());
      try (BpfObject object = open.load()) {
        assertEquals(
            before.getMessage(),
            assertThrows(BpfException.class, () -> object.variable("nothing")).getMessage());
      }
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
  void whatTheKernelKeepsForItselfIsRefusedAndTheRestWorks() {
    try (BpfObject object = TestObjects.load("variables")) {
      run(object, "lock");
      BpfUnsupportedException refused =
          assertThrows(
              BpfUnsupportedException.class, () -> object.variable("guarded").getLong(), "none");
      assertEquals("map .data.locked", refused.subject());
      assertEquals(Optional.of("BpfMap.lookup reads them"), refused.hint());
      assertThrows(
          BpfUnsupportedException.class, () -> object.variable("guarded").get(Codec.u64()));
      assertEquals(1, object.variable("out_u8").getLong());
    }
  }

  @Test
  void anObjectWithoutTypesHasItsVariablesBySize() {
    try (OpenBpfObject open = TestObjects.open("few_variables_nobtf")) {
      GlobalVariable threshold = open.variable("threshold");
      assertTrue(threshold.type().isEmpty());
      assertEquals("4 bytes threshold in .rodata", threshold.toString());
      threshold.setInt(-1);
      assertEquals(0xffff_ffffL, threshold.getLong());
      assertThrows(BpfException.class, () -> threshold.codec(Integer.class));
      open.variable("odd").set(Codec.bytes(3), new byte[] {3, 4, 5});
      assertThrows(IllegalStateException.class, () -> open.variable("odd").getLong());
      try (BpfObject object = open.load()) {
        run(object, "see");
        assertEquals(4, object.variable("seen").getLong());
        assertEquals(8, object.variable("runs").getInt());
        assertTrue(object.variable("threshold").isReadOnly());
      }
    }
  }

  @Test
  void afterTheLoadTheOpenObjectsVariablesAreGone() {
    OpenBpfObject open = TestObjects.open("variables");
    GlobalVariable total = open.variable("total");
    GlobalVariable settings = open.variable("initial");
    Codec<Settings> codec = settings.codec(Settings.class);
    try (BpfObject object = open.load()) {
      String gone =
          "object variables was loaded or closed: load() consumes the open object and its"
              + " variables";
      assertGone(gone, total, settings, codec);
      assertThrows(IllegalStateException.class, () -> open.variable("total"));
      object.variable("total").setLong(1);
    }
  }

  @Test
  void afterTheCloseAllVariablesAreGone() {
    BpfObject object = TestObjects.load("variables");
    GlobalVariable total = object.variable("total");
    GlobalVariable settings = object.variable("in_settings");
    Codec<Settings> codec = settings.codec(Settings.class);
    object.close();
    object.close();
    assertGone("object variables is closed", total, settings, codec);
    assertThrows(IllegalStateException.class, () -> object.variable("total"));
    assertThrows(IllegalStateException.class, object::variables);
  }

  private static void assertGone(
      String message, GlobalVariable number, GlobalVariable struct, Codec<Settings> codec) {
    List<Runnable> uses =
        List.of(
            number::getLong,
            () -> number.setLong(1),
            () -> number.getAndAdd(1),
            () -> number.getAndSet(1),
            () -> struct.get(codec),
            () -> struct.set(codec, new Settings(0, false, 0)));
    for (Runnable use : uses) {
      assertEquals(message, assertThrows(IllegalStateException.class, use::run).getMessage());
    }
    assertTrue(number.toString().contains("total in .bss"));
  }

  @Test
  void closingWhileOthersReadEndsInAnException() throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      BpfObject object = TestObjects.load("variables");
      GlobalVariable total = object.variable("total");
      IllegalStateException[] seen = new IllegalStateException[2];
      Thread[] readers = new Thread[seen.length];
      for (int i = 0; i < readers.length; i++) {
        int reader = i;
        readers[i] =
            new Thread(
                () -> {
                  try {
                    while (true) {
                      total.setLong(total.getLong() + 1);
                    }
                  } catch (IllegalStateException e) {
                    seen[reader] = e;
                  }
                });
        readers[i].start();
      }
      Thread.sleep(1);
      object.close();
      for (Thread reader : readers) {
        reader.join();
      }
      assertArrayEquals(
          new String[] {"object variables is closed", "object variables is closed"},
          Arrays.stream(seen).map(IllegalStateException::getMessage).toArray());
    }
  }

  @Test
  void nothingStaysMapped() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (BpfObject object = TestObjects.load("variables")) {
        object.variable("total").setLong(1);
      }
    }
    assertFalse(Files.readString(Path.of("/proc/self/maps")).contains("bpf-map"));
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
