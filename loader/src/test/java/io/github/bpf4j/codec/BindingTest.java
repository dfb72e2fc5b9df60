package io.github.bpf4j.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.ShapeRecords.Color;
import io.github.bpf4j.codec.ShapeRecords.Point;
import io.github.bpf4j.error.BpfBindException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that do not match, and what the user is told. */
@SuppressWarnings("ArrayRecordComponent")
final class BindingTest {
  private final Shapes shapes;

  BindingTest() throws Exception {
    shapes = new Shapes();
  }

  private String refused(Class<? extends Record> type, String struct) {
    return String.valueOf(
        assertThrows(BpfBindException.class, () -> Codec.record(type, shapes.struct(struct)))
            .getMessage());
  }

  record Mixed(int a, short b, String c, List<Integer> values, long e) {}

  @Test
  void bothSidesAreShownMemberByMember() {
    assertEquals(
        """
        cannot bind record Mixed to struct padded: 3 lines do not match
          offset  C        Java
               0  __u8 a   int a
               2  __u16 b  short b
        !      4  __u32 c  String c              an integer takes byte, short, int, long, or byte[]
        !      8  __u8 d   -                     no component names it (@Partial leaves it out)
              16  __u64 e  long e
        !      -  -        List<Integer> values  no such member\
        """,
        refused(Mixed.class, "padded"));
  }

  record From(int x, String y) {}

  record Outer(byte kind, From from, Point to) {}

  @Test
  void aNestedStructIsComparedToo() {
    assertEquals(
        """
        cannot bind record Outer to struct nested: 2 lines do not match
          offset  C                  Java
               0  __u8 kind          byte kind
        !      4  struct point from  From from  one line does not match
               0  int from.x         int x
        !      4  int from.y         String y   an integer takes byte, short, int, long, or byte[]
              12  struct point to    Point to\
        """,
        refused(Outer.class, "nested"));
  }

  record Both(int kind, int word, int low, int high) {}

  record None(int kind) {}

  @Test
  void ofAUnionOneMemberIsChosen() {
    assertEquals(
        """
        cannot bind record Both to struct either: 3 lines do not match
          offset  C               Java
               0  int kind        int kind
        !      4  __u32 word      int word  it lies over low, high: choose one of the union
               4  __u8[4] octets  -
        !      4  __u16 low       int low   it lies over word: choose one of the union
        !      6  __u16 high      int high  it lies over word: choose one of the union\
        """,
        refused(Both.class, "either"));
    assertEquals(
        """
        cannot bind record None to struct either: 4 lines do not match
          offset  C               Java
               0  int kind        int kind
        !      4  __u32 word      -         no component chooses it or octets, low, high
        !      4  __u8[4] octets  -         no component chooses it or word, low, high
        !      4  __u16 low       -         no component chooses it or word, octets
        !      6  __u16 high      -         no component chooses it or word, octets\
        """,
        refused(None.class, "either"));
  }

  record TooNarrow(byte a, short b, short c, int d) {}

  record Floats(double a, float b) {}

  record NoText(String values) {}

  record Shade(Color a) {}

  enum Dark {
    RED,
    BLACK
  }

  record Gloomy(Dark color, int level) {}

  record Address(Inet6Address addr, byte[] bytes) {}

  record Unbound<T>(T a) {}

  record Twice(@CName("a") int one, int a) {}

  record Signs(boolean a, char b, int c, long d) {}

  @Test
  void eachReasonIsASentencePart() {
    assertReason("short does not hold it", TooNarrow.class, "largest");
    assertReason("int does not hold it", TooNarrow.class, "largest");
    assertReason("it takes float", Floats.class, "reals");
    assertReason("it takes double", Floats.class, "reals");
    assertReason("a String takes an array of bytes", NoText.class, "ints");
    assertReason("an integer takes byte, short, int, long, or byte[]", Shade.class, "anonymous");
    assertReason("enum color has no BLACK, but RED, GREEN, BLUE", Gloomy.class, "colored");
    assertReason("Inet6Address takes 16 bytes", Address.class, "in4");
    assertReason("Java type T is not known when binding", Unbound.class, "anonymous");
    assertReason("a second component of that name", Twice.class, "anonymous");
    assertReason("char does not hold it", Signs.class, "negative");
    assertReason("a struct point takes a record or byte[]", NoRecord.class, "nested");
    assertReason("an array without a length", Open.class, "flexible");
  }

  record NoRecord(byte kind, long from, long to) {}

  record Open(int length, byte[] data) {}

  private void assertReason(String reason, Class<? extends Record> type, String struct) {
    String message = refused(type, struct);
    assertTrue(message.contains("  " + reason), message);
  }

  @Test
  void whatIsNoStructIsComparedInOneSentence() {
    BpfBindException refused =
        assertThrows(BpfBindException.class, () -> Codec.of(String.class, shapes.struct("point")));
    assertEquals(
        "cannot bind String to struct point: a struct point takes a record or byte[]",
        refused.getMessage());
    assertEquals("", refused.differences());
  }

  record Header(int kind, int port, long total) {}

  @Test
  void aLayoutServesWhereThereIsNoBtf() {
    StructLayout layout =
        MemoryLayout.structLayout(
            ValueLayout.JAVA_BYTE.withName("kind"),
            MemoryLayout.paddingLayout(1),
            ValueLayout.JAVA_SHORT.withName("port").withOrder(ByteOrder.BIG_ENDIAN),
            MemoryLayout.paddingLayout(4),
            ValueLayout.JAVA_LONG.withName("total"));
    Codec<Header> codec = Codec.record(Header.class, layout);
    MemorySegment segment = MemorySegment.ofArray(new byte[16]);
    Header header = new Header(1, 443, -1);
    codec.write(segment, 0, header);
    assertEquals(header, codec.read(segment, 0));
    assertEquals(443 & 0xff, Byte.toUnsignedInt(segment.get(ValueLayout.JAVA_BYTE, 3)));
    BpfBindException refused =
        assertThrows(BpfBindException.class, () -> Codec.record(Point.class, layout));
    assertEquals(5, refused.differences().lines().filter(line -> line.startsWith("!")).count());
  }
}
