package io.github.bpf4j.codec;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.List;

/** Records for the structs of {@code shapes.c}. */
@SuppressWarnings("ArrayRecordComponent")
final class ShapeRecords {
  private ShapeRecords() {}

  enum Color {
    RED,
    GREEN,
    BLUE
  }

  enum Level {
    @CName("LOW")
    DEEP,
    HIGH
  }

  record Padded(int a, int b, long c, short d, long e) {}

  record Negative(byte a, short b, int c, long d) {}

  record SameBits(byte a, short b, int c, long d) {}

  record Values(short a, int b, long c, long d) {}

  record Boxed(Integer a, Character b, Long c, Long d) {}

  record Packed(byte a, int b, short c, long d) {}

  record Network(int a, long b, long c) {}

  record Text(int pid, String comm) {}

  record Tag(String tag) {}

  record RawBytes(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof RawBytes raw && Arrays.equals(bytes, raw.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  record Ints(List<Integer> values) {}

  record Longs(int first, List<Long> values) {}

  record Point(int x, int y) {}

  record Nested(byte kind, Point from, Point to) {}

  record Flat(int a, int b, int c, int d) {}

  record Word(int kind, int word) {}

  record Halves(int kind, int low, int high) {}

  record Wide(long wide) {}

  record Chosen(int kind, Wide value) {}

  record Narrow(byte narrow) {}

  record Points(int count, List<Point> all) {}

  record Colored(Color color, Level level) {}

  record Numbered(long color, int level) {}

  record Palette(List<Color> colors) {}

  record Truth(boolean yes, boolean no, boolean flag) {}

  record Bits(boolean one, byte three, int twelve, int rest) {}

  record SignedBits(int a, int b, int c) {}

  record WideBits(long a, long b) {}

  record GapBits(int a, int b, int c) {}

  record PackedBits(byte a, long b, short c) {}

  record ColorBits(Color color, boolean flag) {}

  record Pointers(long a, long b, long c) {}

  record Reals(float a, double b) {}

  record RealLists(List<Float> a, List<Double> b) {}

  record Alias(int a) {}

  record Aliases(Alias a, int b) {}

  record Aligned(long a, int b) {}

  record In4(Inet4Address addr, Inet4Address bytes) {}

  record In6(Inet6Address addr) {}

  record Ether(MacAddress dest, MacAddress source, int proto) {}

  record Renamed(int srcPort, @CName("class") long type) {}

  @Partial
  record Wanted(int wanted) {}

  @Partial
  record Flexible(int length) {}

  record At(Point at) {}

  record Inner(At inner) {}

  record Deep(Inner outer) {}

  record TwoUnions(int a, float d) {}
}
