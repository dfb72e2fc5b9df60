package io.github.bpf4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class IntegerCodecTest {
  /** Odd, so that nothing is aligned. */
  private static final int OFFSET = 3;

  private static ByteBuffer bytes(ByteOrder order, int size) {
    return ByteBuffer.allocate(size).order(order);
  }

  private static byte[] word(ByteOrder order, int value) {
    return bytes(order, 4).putInt(value).array();
  }

  static Stream<Arguments> values() {
    ByteOrder here = ByteOrder.nativeOrder();
    return Stream.of(
        Arguments.of(Codec.u8(), 0, new byte[] {0}),
        Arguments.of(Codec.u8(), 255, new byte[] {-1}),
        Arguments.of(Codec.s8(), (byte) -128, new byte[] {-128}),
        Arguments.of(Codec.u16(), 0xfedc, bytes(here, 2).putShort((short) 0xfedc).array()),
        Arguments.of(Codec.u16(ByteOrder.BIG_ENDIAN), 0x1f90, new byte[] {0x1f, (byte) 0x90}),
        Arguments.of(Codec.u16(ByteOrder.LITTLE_ENDIAN), 0x1f90, new byte[] {(byte) 0x90, 0x1f}),
        Arguments.of(Codec.s16(), (short) -2, bytes(here, 2).putShort((short) -2).array()),
        Arguments.of(Codec.u32(), 0xffff_fffeL, word(here, -2)),
        Arguments.of(Codec.u32(ByteOrder.BIG_ENDIAN), 0x0a000001L, new byte[] {10, 0, 0, 1}),
        Arguments.of(Codec.s32(), -2, word(here, -2)),
        Arguments.of(Codec.u64(), -1L, bytes(here, 8).putLong(-1).array()),
        Arguments.of(Codec.u64(ByteOrder.BIG_ENDIAN), 0x0102L, new byte[] {0, 0, 0, 0, 0, 0, 1, 2}),
        Arguments.of(Codec.s64(), Long.MIN_VALUE, bytes(here, 8).putLong(Long.MIN_VALUE).array()));
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void readsWhatItWritesAndTouchesNothingElse(Codec<T> codec, T value, byte[] expected) {
    assertEquals(expected.length, codec.size());
    MemorySegment segment = MemorySegment.ofArray(new byte[OFFSET + codec.size() + 1]);
    segment.fill((byte) 0x55);
    codec.write(segment, OFFSET, value);
    assertEquals(value, codec.read(segment, OFFSET));
    assertArrayEquals(
        expected, segment.asSlice(OFFSET, codec.size()).toArray(ValueLayout.JAVA_BYTE));
    assertEquals(0x55, segment.get(ValueLayout.JAVA_BYTE, OFFSET - 1));
    assertEquals(0x55, segment.get(ValueLayout.JAVA_BYTE, OFFSET + codec.size()));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused(Codec.u8(), 256, "256 does not fit into 1 byte: it must be between 0 and 255");
    assertRefused(Codec.u16(), -1, "-1 does not fit into 2 bytes: it must be between 0 and 65535");
    assertRefused(
        Codec.u32(),
        1L << 32,
        "4294967296 does not fit into 4 bytes: it must be between 0 and 4294967295");
  }

  private static <T> void assertRefused(Codec<T> codec, T value, String message) {
    MemorySegment segment = MemorySegment.ofArray(new byte[8]);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> codec.write(segment, 0, value));
    assertEquals(message, refused.getMessage());
    assertEquals(0, segment.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
  }

  @Test
  void aSegmentThatEndsTooSoonIsRefused() {
    MemorySegment segment = MemorySegment.ofArray(new byte[4]);
    assertThrows(IndexOutOfBoundsException.class, () -> Codec.u32().read(segment, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> Codec.u64().write(segment, 0, 1L));
  }
}
