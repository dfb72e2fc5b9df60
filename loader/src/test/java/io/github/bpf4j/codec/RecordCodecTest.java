package io.github.bpf4j.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.ShapeRecords.*;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records against the bytes that the C compiler made. */
final class RecordCodecTest {
  private final Shapes shapes;

  RecordCodecTest() throws Exception {
    shapes = new Shapes();
  }

  static Stream<Arguments> shapes() throws Exception {
    Inet4Address host = (Inet4Address) InetAddress.getByName("192.168.0.1");
    Inet4Address ten = (Inet4Address) InetAddress.getByName("10.0.0.1");
    Inet6Address six = (Inet6Address) InetAddress.getByName("2001:db8::1");
    MacAddress mac = MacAddress.parse("52:54:00:12:34:56");
    MacAddress two = MacAddress.parse("02:00:00:00:00:00");
    Point from = new Point(2, 3);
    List<Point> points = List.of(new Point(1, 2), new Point(3, 4), new Point(5, 6));
    return Stream.of(
        Arguments.of("padded", new Padded(1, 2, 3, (short) 4, 5)),
        Arguments.of("negative", new Negative((byte) -1, (short) -2, -3, -4)),
        Arguments.of("largest", new SameBits((byte) -1, (short) -1, -1, -1)),
        Arguments.of("largest", new Values((short) 255, 65535, 4294967295L, -1)),
        Arguments.of("largest", new Boxed(255, '\uffff', 4294967295L, -1L)),
        Arguments.of("packed", new Packed((byte) 1, 0x01020304, (short) 3, 0x0102030405060708L)),
        Arguments.of("network", new Network(8080, 0x0a000001, 42)),
        Arguments.of("disk", new Network(8080, 0x0a000001, 42)),
        Arguments.of("text", new Text(7, "bash")),
        Arguments.of("raw_bytes", new RawBytes(new byte[] {1, 2, 3, 4, -1})),
        Arguments.of("ints", new Ints(List.of(1, -2, 3, -4))),
        Arguments.of("longs", new Longs(9, List.of(1L, 2L))),
        Arguments.of("shorts", new Ints(List.of(1, 2, 65535))),
        Arguments.of("ports", new Ints(List.of(80, 443))),
        Arguments.of("nested", new Nested((byte) 1, from, new Point(4, 5))),
        Arguments.of("anonymous", new Flat(1, 2, 3, 4)),
        Arguments.of("either", new Word(1, 0x20001)),
        Arguments.of("either", new Halves(1, 1, 2)),
        Arguments.of("chosen", new Chosen(1, new Wide(77))),
        Arguments.of("smaller", new Narrow((byte) 5)),
        Arguments.of("points", new Points(3, points)),
        Arguments.of("colored", new Colored(Color.BLUE, Level.DEEP)),
        Arguments.of("colored", new Numbered(200, -3)),
        Arguments.of("palette", new Palette(List.of(Color.GREEN, Color.RED, Color.BLUE))),
        Arguments.of("truth", new Truth(true, false, true)),
        Arguments.of("bits", new Bits(true, (byte) 5, 0xabc, 0xffff)),
        Arguments.of("signed_bits", new SignedBits(-4, -1, -70000)),
        Arguments.of("wide_bits", new WideBits(0x1ffffffffL, 0x40000001)),
        Arguments.of("gap_bits", new GapBits(5, 100, 7)),
        Arguments.of("packed_bits", new PackedBits((byte) 1, 0xfedcba987654321L, (short) 0xabc)),
        Arguments.of("color_bits", new ColorBits(Color.GREEN, true)),
        Arguments.of("pointers", new Pointers(0x1234, -1, 0)),
        Arguments.of("reals", new Reals(1.5f, -2.25)),
        Arguments.of("real_arrays", new RealLists(List.of(1f, 2f), List.of(3.0, 4.0))),
        Arguments.of("aliases", new Aliases(new Alias(6), 7)),
        Arguments.of("aligned", new Aligned(1, 2)),
        Arguments.of("in4", new In4(host, ten)),
        Arguments.of("in6", new In6(six)),
        Arguments.of("ether", new Ether(mac, two, 0x86dd)),
        Arguments.of("renamed", new Renamed(1, 2)),
        Arguments.of("deep", new Deep(new Inner(new At(new Point(8, 9))))),
        Arguments.of("two_unions", new TwoUnions(1, 2.5f)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void readsWhatCMadeAndWritesTheSameBytes(String name, Record expected) {
    byte[] bytes = shapes.bytes(name);
    roundTrip(expected.getClass(), name, bytes, expected);
  }

  private <T extends Record> void roundTrip(
      Class<T> type, String name, byte[] bytes, Record expected) {
    Codec<T> codec = Codec.record(type, shapes.struct(name));
    assertEquals(bytes.length, codec.size());
    MemorySegment c = MemorySegment.ofArray(bytes);
    T read = codec.read(c, 0);
    assertEquals(expected, read);
    // At an odd place, over other bytes, none of which may stay between the members.
    MemorySegment written = MemorySegment.ofArray(new byte[bytes.length + 4]);
    written.fill((byte) 0x55);
    codec.write(written, 3, read);
    assertArrayEquals(bytes, written.asSlice(3, bytes.length).toArray(ValueLayout.JAVA_BYTE));
    assertEquals(0x55, written.get(ValueLayout.JAVA_BYTE, 2));
    assertEquals(0x55, written.get(ValueLayout.JAVA_BYTE, bytes.length + 3));
    assertEquals(expected, codec.read(written, 3));
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Arrays(int[] values) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Matrix(int[][] cells) {}

  @SuppressWarnings("ArrayRecordComponent")
  record PointArray(int count, Point[] all) {}

  private <T extends Record> T read(String name, Class<T> type) {
    Codec<T> codec = Codec.record(type, shapes.struct(name));
    MemorySegment copy = MemorySegment.ofArray(new byte[codec.size()]);
    codec.write(copy, 0, codec.read(MemorySegment.ofArray(shapes.bytes(name)), 0));
    assertArrayEquals(shapes.bytes(name), copy.toArray(ValueLayout.JAVA_BYTE));
    return codec.read(copy, 0);
  }

  @Test
  void arraysAreArraysOfTheSameLength() {
    assertArrayEquals(new int[] {1, -2, 3, -4}, read("ints", Arrays.class).values());
    assertArrayEquals(new int[] {1, 2, 65535}, read("shorts", Arrays.class).values());
    assertArrayEquals(new int[] {80, 443}, read("ports", Arrays.class).values());
    assertArrayEquals(new int[][] {{1, 2, 3}, {4, 5, 6}}, read("matrix", Matrix.class).cells());
    assertArrayEquals(
        new Point[] {new Point(1, 2), new Point(3, 4), new Point(5, 6)},
        read("points", PointArray.class).all());
  }

  @Test
  void anArrayOfAnotherLengthIsRefused() {
    Codec<Arrays> codec = Codec.record(Arrays.class, shapes.struct("ints"));
    MemorySegment segment = MemorySegment.ofArray(new byte[codec.size()]);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> codec.write(segment, 0, new Arrays(new int[3])));
    assertEquals("3 elements: it must be 4", refused.getMessage());
  }

  @Test
  void aTextThatFillsItsArrayIsReadWholeAndNotWritten() {
    Codec<Tag> codec = Codec.record(Tag.class, shapes.struct("full_text"));
    Tag tag = codec.read(MemorySegment.ofArray(shapes.bytes("full_text")), 0);
    assertEquals(new Tag("abcd"), tag);
    MemorySegment segment = MemorySegment.ofArray(new byte[codec.size()]);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> codec.write(segment, 0, tag));
    assertEquals("\"abcd\" takes 4 bytes and a NUL: there are 4", refused.getMessage());
  }

  @Test
  void whatIsLeftOutOnPurposeIsSkippedAndWrittenAsZeros() {
    Codec<Wanted> codec = Codec.record(Wanted.class, shapes.struct("many"));
    Wanted wanted = codec.read(MemorySegment.ofArray(shapes.bytes("many")), 0);
    assertEquals(new Wanted(1), wanted);
    MemorySegment segment = MemorySegment.ofArray(shapes.bytes("many"));
    codec.write(segment, 0, wanted);
    byte[] expected = new byte[codec.size()];
    System.arraycopy(shapes.bytes("many"), 0, expected, 0, Integer.BYTES);
    assertArrayEquals(expected, segment.toArray(ValueLayout.JAVA_BYTE));
    assertEquals(4, Codec.record(Flexible.class, shapes.struct("flexible")).size());
  }

  @Test
  void bytesTakeWhateverItIs() {
    Codec<byte[]> codec = Codec.of(byte[].class, shapes.struct("very_wide"));
    byte[] bytes = codec.read(MemorySegment.ofArray(shapes.bytes("very_wide")), 0);
    assertArrayEquals(shapes.bytes("very_wide"), bytes);
  }

  @Test
  void aValueOutOfRangeIsNamed() {
    Codec<Values> values = Codec.record(Values.class, shapes.struct("largest"));
    assertRefused(values, new Values((short) 256, 0, 0, 0), "a: 256 does not fit into 8 bits");
    assertRefused(values, new Values((short) 0, -1, 0, 0), "b: -1 does not fit into 16 bits");
    Codec<Bits> bits = Codec.record(Bits.class, shapes.struct("bits"));
    assertRefused(bits, new Bits(true, (byte) 8, 0, 0), "three: 8 does not fit into 3 bits");
    Codec<SignedBits> signed = Codec.record(SignedBits.class, shapes.struct("signed_bits"));
    assertRefused(signed, new SignedBits(4, 0, 0), "a: 4 does not fit into 3 bits: -4 to 3");
  }

  private static <T> void assertRefused(Codec<T> codec, T value, String message) {
    MemorySegment segment = MemorySegment.ofArray(new byte[codec.size()]);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> codec.write(segment, 0, value));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused.getMessage());
  }

  @Test
  void aNumberWithoutConstantIsNamed() {
    Codec<Palette> codec = Codec.record(Palette.class, shapes.struct("palette"));
    MemorySegment segment = MemorySegment.ofArray(new byte[codec.size()]);
    segment.set(ValueLayout.JAVA_INT_UNALIGNED, 4, 9);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> codec.read(segment, 0));
    assertEquals("enum color holds 9, for which Color has no constant", refused.getMessage());
  }

  @Test
  void nothingIsWrittenIntoASegmentThatIsTooShort() {
    Codec<Text> codec = Codec.record(Text.class, shapes.struct("text"));
    MemorySegment segment = MemorySegment.ofArray(new byte[codec.size() - 1]);
    assertThrows(IndexOutOfBoundsException.class, () -> codec.write(segment, 0, new Text(-1, "x")));
    assertArrayEquals(new byte[codec.size() - 1], segment.toArray(ValueLayout.JAVA_BYTE));
    assertThrows(IndexOutOfBoundsException.class, () -> codec.read(segment, 0));
  }
}
