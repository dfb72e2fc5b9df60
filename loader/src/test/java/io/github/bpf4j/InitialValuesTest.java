package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that are set before the load, and those that never change after it. */
@KernelTest
final class InitialValuesTest {
  record Settings(long limit, boolean enabled, long mask) {}

  private static int run(BpfObject object, String program) {
    return object.program(program).run(RunInput.packet(Frames.arp())).verdict();
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
}
