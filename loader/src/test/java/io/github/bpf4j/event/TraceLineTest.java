package io.github.bpf4j.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of trace_pipe as kernels of several ages write them. */
final class TraceLineTest {
  private static TraceLine parse(String line) {
    return TraceLine.parse(line).orElseThrow();
  }

  @Test
  void aLineOfToday() {
    assertEquals(
        new TraceLine(
            "bash",
            1234,
            1,
            "d..21",
            Duration.ofSeconds(100, 123_456_000),
            "bpf_trace_printk",
            "hello world"),
        parse("            bash-1234    [001] d..21   100.123456: bpf_trace_printk: hello world"));
  }

  @Test
  void namesMayHaveBlanksAndDashes() {
    TraceLine line = parse(" Web Content-x-42      [003] .....     0.000001: bpf_trace_printk: a");
    assertEquals("Web Content-x", line.task());
    assertEquals(42, line.pid());
    assertEquals(3, line.cpu());
    assertEquals(Duration.ofNanos(1000), line.sinceBoot());
  }

  @Test
  void aForgottenNameIsThreeDots() {
    assertEquals("<...>", parse("  <...>-7  [000] d.h1 5.000000: bpf_trace_printk: x").task());
  }

  @Test
  void theGroupOfTheThreadIsLeftOut() {
    TraceLine line =
        parse("  bash-1234    (   1200) [000] d..1.   100.123456: bpf_trace_printk: hello");
    assertEquals(1234, line.pid());
    assertEquals("hello", line.message());
    assertEquals(1234, parse(" bash-1234 (-----) [000] d 1.000000: f: m").pid());
  }

  @Test
  void flagsMayBeOff() {
    TraceLine line = parse("            bash-1234    [001]   100.123456: bpf_trace_printk: hello");
    assertEquals("", line.flags());
    assertEquals("hello", line.message());
  }

  @Test
  void aMessageMayBeEmptyAndHaveColons() {
    assertEquals("", parse("a-1 [000] d 1.000000: bpf_trace_printk: ").message());
    assertEquals("", parse("a-1 [000] d 1.000000: bpf_trace_printk:").message());
    assertEquals("x: y: z", parse("a-1 [000] d 1.000000: bpf_trace_printk: x: y: z").message());
  }

  @Test
  void theIdleTaskIsOneToo() {
    TraceLine line = parse("          <idle>-0       [001] dNs21  1.000000: bpf_trace_printk: i");
    assertEquals("<idle>", line.task());
    assertEquals(0, line.pid());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "the rest of a message",
        "CPU:1 [LOST 17 EVENTS]",
        "# tracer: nop",
        "bash-x [000] d 1.000000: f: m",
        "bash-1 [000] d 1.0: f: m"
      })
  void whatIsNoLineIsNone(String line) {
    assertEquals(Optional.empty(), TraceLine.parse(line));
  }
}
