package io.github.bpf4j.samples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bpf4j.samples.cli.OutputClosedException;
import io.github.bpf4j.testing.Allocation;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AsciiBufferTest {
  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

  private final AsciiBuffer buffer = new AsciiBuffer();

  private String written() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    buffer.writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, '0'",
    "0, 3, '  0'",
    "9, 1, '9'",
    "10, 1, '10'",
    "1234, 10, '      1234'",
    "9223372036854775807, 5, '9223372036854775807'",
    "9223372036854775807, 20, ' 9223372036854775807'"
  })
  void fillsNumbersUpOnTheLeft(long number, int width, String expected) {
    buffer.number(number, width);
    assertEquals(expected, written());
  }

  @Test
  void putsPiecesTogether() {
    buffer.text("a").blanks(2).text("b").blanks(0).blanks(-5).utf8("█ü").text("");
    assertEquals("a  b█ü", written());
  }

  @Test
  void startsAnewAfterEachWrite() {
    buffer.text("first");
    assertEquals("first", written());
    assertEquals("", written());
    buffer.text("second");
    assertEquals("second", written());
  }

  @Test
  void startsAnewAlsoAfterAWriteThatFailed() {
    buffer.text("lost");
    assertThrows(OutputClosedException.class, () -> buffer.writeTo(new ClosedStream()));
    assertEquals("", written());
  }

  @Test
  void growsAsNeeded() {
    String long1 = "0123456789".repeat(1000);
    buffer.text(long1).utf8(long1).blanks(20_000);
    for (int i = 0; i < 3000; i++) {
      buffer.number(7, 1);
    }
    assertEquals(long1 + long1 + " ".repeat(20_000) + "7".repeat(3000), written());
  }

  @Test
  void leavesNoGarbage() {
    Runnable use =
        () -> {
          buffer.text("proto ").number(123_456_789_012L, 20).blanks(9).text("\n");
          buffer.writeTo(NOWHERE);
        };
    assertEquals(0.0, Allocation.bytesPerCall(1000, use));
  }
}
