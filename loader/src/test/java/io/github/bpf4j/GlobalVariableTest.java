package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.ctype.CArray;
import io.github.bpf4j.ctype.CEnum;
import io.github.bpf4j.ctype.CInt;
import io.github.bpf4j.ctype.CMember;
import io.github.bpf4j.ctype.CPointer;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.object.DataVariable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A variable in memory of any kind: types, widths and what each accessor refuses. */
final class GlobalVariableTest {
  private static final ByteOrder HERE = ByteOrder.nativeOrder();
  private static final ByteOrder THERE =
      HERE == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;

  private static CInt integer(String name, int size, boolean signed, ByteOrder order) {
    return new CInt(name, size, signed, false, order);
  }

  private static CInt unsigned(int size) {
    return integer("__u" + size * Byte.SIZE, size, false, HERE);
  }

  private static CInt signed(int size) {
    return integer("__s" + size * Byte.SIZE, size, true, HERE);
  }

  /** In the middle of memory whose other bytes must stay as they are. */
  private static GlobalVariable variable(CType type, MemorySegment memory) {
    return new GlobalVariable(
        new DataVariable("x", ".bss", 0, type.size(), type),
        memory.asSlice(8, type.size()),
        () -> new IllegalStateException("gone"),
        null);
  }

  private static MemorySegment memory() {
    return Arena.ofAuto().allocate(64, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void integersOfEitherByteOrderAndSignKeepTheirValueAndTheirPlace(int size) {
    for (CInt type :
        List.of(
            unsigned(size),
            signed(size),
            integer("other", size, false, THERE),
            integer("other", size, true, THERE))) {
      MemorySegment memory = memory();
      GlobalVariable variable = variable(type, memory);
      long most = type.signed() ? (1L << (size * 8 - 1)) - 1 : ~(size == 8 ? 0 : -1L << (size * 8));
      long least = type.signed() ? -1L << (size * 8 - 1) : 0;
      for (long value : new long[] {least, 0, 1, 0x12, most}) {
        variable.setLong(value);
        assertEquals(value, variable.getLong(), type + " " + value);
      }
      variable.setLong(0x12);
      boolean lowFirst = type.order() == ByteOrder.LITTLE_ENDIAN;
      assertEquals(0x12, memory.get(ValueLayout.JAVA_BYTE, lowFirst ? 8 : 7 + size));
      variable.setLong(0);
      assertEquals(0, sum(memory), "nothing beside it is written");
    }
  }

  private static long sum(MemorySegment memory) {
    long sum = 0;
    for (byte value : memory.toArray(ValueLayout.JAVA_BYTE)) {
      sum += Byte.toUnsignedInt(value);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "1, false, 256, 0, 255", "1, false, -1, 0, 255",
    "1, true, 128, -128, 127", "2, true, -32769, -32768, 32767",
    "4, false, -1, 0, 4294967295", "4, false, 4294967296, 0, 4294967295",
    "4, true, 2147483648, -2147483648, 2147483647",
  })
  void whatDoesNotFitIsRefusedAndNothingWritten(
      int size, boolean signed, long value, long least, long most) {
    MemorySegment memory = memory();
    GlobalVariable variable = variable(signed ? signed(size) : unsigned(size), memory);
    String message =
        value
            + " does not fit into variable "
            + variable
            + ": it must be between "
            + least
            + " and "
            + most;
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> variable.setLong(value)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> variable.setLong(0, value));
    assertThrows(IllegalArgumentException.class, () -> variable.getAndSet(value));
    assertEquals(0, sum(memory));
  }

  @Test
  void aTruthValueIsZeroOrOne() {
    GlobalVariable variable = variable(new CInt("_Bool", 1, false, true, HERE), memory());
    variable.setBoolean(true);
    assertTrue(variable.getBoolean());
    assertEquals(1, variable.getLong());
    assertThrows(IllegalArgumentException.class, () -> variable.setInt(2));
    variable.setBoolean(false);
    assertFalse(variable.getBoolean());
  }

  @Test
  void anIntHoldsTheBitsOfFourBytesAndTheValueOfLess() {
    GlobalVariable four = variable(unsigned(4), memory());
    four.setInt(-2);
    assertEquals(-2, four.getInt());
    assertEquals(0xffff_fffeL, four.getLong());
    GlobalVariable two = variable(unsigned(2), memory());
    two.setInt(0xfffe);
    assertEquals(0xfffe, two.getInt());
    assertThrows(IllegalArgumentException.class, () -> two.setInt(-2));
    GlobalVariable eight = variable(unsigned(8), memory());
    String wide = "variable __u64 x in .bss has more bytes than an int: use getLong and setLong";
    assertEquals(wide, assertThrows(IllegalStateException.class, eight::getInt).getMessage());
    assertEquals(
        wide, assertThrows(IllegalStateException.class, () -> eight.setInt(1)).getMessage());
  }

  static Stream<Arguments> integers() {
    CEnum constants = new CEnum("level", 4, true, List.of(new CEnum.Constant("LOW", -1)));
    return Stream.of(
        Arguments.of(constants, -1L),
        Arguments.of(new CPointer("void"), -1L),
        Arguments.of(unsigned(8), -1L));
  }

  @ParameterizedTest
  @MethodSource("integers")
  void enumsAndPointersAreIntegersToo(CType type, long value) {
    GlobalVariable variable = variable(type, memory());
    variable.setLong(value);
    assertEquals(value, variable.getLong());
    assertSame(type, variable.type().orElseThrow());
  }

  @Test
  void anIndexOutsideAnArrayIsRefusedAndAnArrayWantsOne() {
    MemorySegment memory = memory();
    GlobalVariable ports = variable(new CArray(unsigned(2), 5), memory);
    for (long index : new long[] {-1, 5, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62}) {
      assertThrows(IndexOutOfBoundsException.class, () -> ports.getLong(index));
      assertThrows(IndexOutOfBoundsException.class, () -> ports.setInt(index, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> ports.get(Codec.u16(), index));
      assertThrows(IndexOutOfBoundsException.class, () -> ports.set(Codec.u16(), index, 1));
    }
    assertEquals(
        "index 5 of variable x, which has 5",
        assertThrows(IndexOutOfBoundsException.class, () -> ports.getInt(5)).getMessage());
    assertEquals(
        "variable __u16[5] x in .bss is an array of 5: give an index",
        assertThrows(IllegalStateException.class, ports::getLong).getMessage());
    assertEquals(0, sum(memory));
  }

  @Test
  void arraysInArraysAreOneLongArray() {
    GlobalVariable matrix = variable(new CArray(new CArray(signed(4), 3), 2), memory());
    assertEquals(6, matrix.length());
    for (int i = 0; i < 6; i++) {
      matrix.setInt(i, -i);
    }
    int[][] rows = matrix.get(matrix.codec(int[][].class));
    assertArrayEquals(new int[] {-3, -4, -5}, rows[1]);
    assertEquals(-5, matrix.getAndAdd(5, 2));
    assertEquals(-3, matrix.getAndSet(5, 9));
    assertEquals(9, matrix.getInt(5));
  }

  @Test
  void anArrayWithoutALengthHasWhatItsValuesTake() {
    GlobalVariable text =
        new GlobalVariable(
            new DataVariable("x", ".bss", 0, 5, new CArray(signed(1), 0)),
            memory().asSlice(0, 5),
            () -> new IllegalStateException("gone"),
            null);
    assertEquals(5, text.length());
    text.setInt(4, 'x');
    assertEquals('x', text.getInt(4));
  }

  @Test
  void whatIsNoIntegerOrNotAlignedGoesThroughACodec() {
    CStruct pair = new CStruct("pair", false, 16, List.of(new CMember("a", unsigned(8), 0, 0)));
    GlobalVariable struct = variable(pair, memory());
    assertEquals(
        "variable struct pair x in .bss is no integer that the processor reads at once (16 bytes):"
            + " use a codec, such as codec(Class)",
        assertThrows(IllegalStateException.class, struct::getLong).getMessage());
    GlobalVariable wide = variable(unsigned(16), memory());
    assertThrows(IllegalStateException.class, wide::getLong);
    GlobalVariable odd =
        new GlobalVariable(
            new DataVariable("x", ".bss", 3, 4, unsigned(4)),
            memory().asSlice(3, 4),
            () -> new IllegalStateException("gone"),
            null);
    assertThrows(IllegalStateException.class, odd::getInt);
    odd.set(Codec.u32(), 7L);
    assertEquals(7L, odd.get(Codec.u32()));
  }

  @Test
  void aCodecOfAnotherSizeIsRefused() {
    GlobalVariable variable = variable(unsigned(4), memory());
    String expected = "a codec of 8 bytes for 4 bytes of variable __u32 x in .bss";
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> variable.get(Codec.u64())).getMessage());
    assertEquals(
        expected,
        assertThrows(IllegalArgumentException.class, () -> variable.set(Codec.u64(), 1L))
            .getMessage());
    assertThrows(BpfException.class, () -> variable.codec(String.class));
  }

  @Test
  void onlyFourAndEightBytesOfThisMachinesOrderChangeInPlace() {
    String expected =
        " x in .bss cannot be changed in place: that takes 4 or 8 bytes in this machine's byte"
            + " order";
    GlobalVariable small = variable(unsigned(2), memory());
    GlobalVariable other = variable(integer("__other", 8, false, THERE), memory());
    assertEquals(
        "variable __u16" + expected,
        assertThrows(IllegalStateException.class, () -> small.getAndAdd(1)).getMessage());
    assertEquals(
        "variable __other" + expected,
        assertThrows(IllegalStateException.class, () -> other.getAndSet(1)).getMessage());
    GlobalVariable four = variable(signed(4), memory());
    assertEquals(0, four.getAndAdd(-3));
    assertEquals(-3, four.getAndSet(4));
    GlobalVariable eight = variable(unsigned(8), memory());
    assertEquals(0, eight.getAndAdd(Long.MIN_VALUE));
    assertEquals(Long.MIN_VALUE, eight.getAndSet(0));
  }

  @Test
  void aProblemIsToldByEveryUse() {
    GlobalVariable variable =
        new GlobalVariable(
            new DataVariable("x", ".bss", 0, 8, unsigned(8)),
            MemorySegment.NULL,
            () -> new IllegalStateException("gone"),
            () -> new BpfException(Failure.of("map", "x", "because")));
    assertEquals(8, variable.size());
    assertThrows(BpfException.class, variable::getLong);
    assertThrows(BpfException.class, () -> variable.setLong(0, 1));
    assertThrows(BpfException.class, () -> variable.getAndAdd(1));
    assertThrows(BpfException.class, () -> variable.get(Codec.u64()));
    assertThrows(BpfException.class, () -> variable.set(Codec.u64(), 1L));
  }

  @Test
  void aCodecsOwnExceptionStaysAsItIs() {
    IllegalStateException own = new IllegalStateException("own");
    Codec<Long> codec =
        new Codec<>() {
          @Override
          public int size() {
            return 8;
          }

          @Override
          public Long read(MemorySegment segment, long offset) {
            throw own;
          }

          @Override
          public void write(MemorySegment segment, long offset, Long value) {
            throw own;
          }
        };
    GlobalVariable variable = variable(unsigned(8), memory());
    assertSame(own, assertThrows(IllegalStateException.class, () -> variable.get(codec)));
    assertSame(own, assertThrows(IllegalStateException.class, () -> variable.set(codec, 1L)));
  }

  @Test
  void memoryThatIsGoneIsToldByTheOwnersWords() {
    GlobalVariable variable;
    try (Arena arena = Arena.ofShared()) {
      variable = variable(unsigned(8), arena.allocate(64, 8));
      variable.setLong(1);
    }
    for (Runnable use :
        List.<Runnable>of(
            variable::getLong,
            () -> variable.setLong(1),
            () -> variable.getAndAdd(1),
            () -> variable.getAndSet(1),
            () -> variable.get(Codec.u64()),
            () -> variable.set(Codec.u64(), 1L))) {
      assertEquals("gone", assertThrows(IllegalStateException.class, use::run).getMessage());
    }
  }

  @Test
  void onlyWhatTheKernelKeepsNothingInIsPlain() {
    CStruct lock = new CStruct("bpf_spin_lock", false, 4, List.of());
    CStruct holder = new CStruct("holder", false, 8, List.of(new CMember("lock", lock, 0, 0)));
    assertFalse(VariableShape.isPlain(lock));
    assertFalse(VariableShape.isPlain(new CArray(holder, 2)));
    assertFalse(VariableShape.isPlain(new CPointer("struct task_struct")));
    assertTrue(VariableShape.isPlain(null));
    assertTrue(VariableShape.isPlain(new CArray(unsigned(8), 2)));
    assertTrue(VariableShape.isPlain(new CStruct("plain", false, 0, List.of())));
  }
}
