package io.github.bpf4j.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Logs of several kernels, as they were printed. */
final class VerifierReportTest {
  @Test
  void kernel6WithSourceLinesThatNameTheirFile() {
    VerifierReport report =
        VerifierReport.of(
            """
            0: R1=ctx() R10=fp0
            ; unsigned char *data = (void *)(long)frame->data; @ rejected.c:9
            0: (61) r1 = *(u32 *)(r1 +0)          ; R1=pkt(r=0)
            ; return data[12] == 8 ? XDP_DROP : XDP_PASS; @ rejected.c:10
            1: (71) r1 = *(u8 *)(r1 +12)
            invalid access to packet, off=12 size=1, R1(id=0,off=12,r=0)
            R1 offset is outside of the packet
            processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 \
            mark_read 0
            """);
    assertEquals(
        "invalid access to packet, off=12 size=1, R1(id=0,off=12,r=0);"
            + " R1 offset is outside of the packet",
        report.reason());
    assertEquals(
        "return data[12] == 8 ? XDP_DROP : XDP_PASS; @ rejected.c:10", report.sourceLine());
  }

  @Test
  void kernel5WithSourceLinesAndTimes() {
    VerifierReport report =
        VerifierReport.of(
            """
            Validating count() func#1...
            ; return *value;
            5: (79) r0 = *(u64 *)(r0 +0)
            R0 invalid mem access 'map_value_or_null'
            verification time 73 usec
            stack depth 4+0
            processed 6 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 \
            mark_read 0
            """);
    assertEquals("R0 invalid mem access 'map_value_or_null'", report.reason());
    assertEquals("return *value;", report.sourceLine());
  }

  @Test
  void kernel4WithoutSourceLines() {
    VerifierReport report =
        VerifierReport.of(
            """
            0: (bf) r6 = r1
            1: (85) call bpf_ktime_get_ns#5
            2: (71) r0 = *(u8 *)(r0 +0)
            R0 invalid mem access 'inv'
            """);
    assertEquals("R0 invalid mem access 'inv'", report.reason());
    assertNull(report.sourceLine());
  }

  @Test
  void anInfiniteLoopWithItsStates() {
    VerifierReport report =
        VerifierReport.of(
            """
            0: R1=ctx() R10=fp0
            ; for (;;) @ loop.c:7
            0: (05) goto pc-1
            infinite loop detected at insn 0
            cur state: R1=ctx() R10=fp0
            old state: R1=ctx() R10=fp0
            processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 1 peak_states 1 \
            mark_read 0
            """);
    assertEquals(
        "infinite loop detected at insn 0;"
            + " cur state: R1=ctx() R10=fp0; old state: R1=ctx() R10=fp0",
        report.reason());
    assertEquals("for (;;) @ loop.c:7", report.sourceLine());
  }

  @Test
  void aComplaintBeforeAnyInstructionWasWalked() {
    VerifierReport report =
        VerifierReport.of(
            """
            unreachable insn 4
            processed 0 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 \
            mark_read 0
            """);
    assertEquals("unreachable insn 4", report.reason());
    assertNull(report.sourceLine());
  }

  @Test
  void aProgramThatIsTooLargeIsNoStatistic() {
    VerifierReport report =
        VerifierReport.of(
            """
            1999: (07) r2 += -1
            BPF program is too large. Processed 1000001 insn
            processed 1000001 insns (limit 1000000) max_states_per_insn 4 total_states 11239 \
            peak_states 11239 mark_read 1
            """);
    assertEquals("BPF program is too large. Processed 1000001 insn", report.reason());
  }

  @Test
  void aLogThatWasCutGivesItsLastLine() {
    VerifierReport report =
        VerifierReport.of(
            """
            ; sum += frame->rx_queue_index; @ big_log.c:15
            2: (61) r0 = *(u32 *)(r1 +16)""");
    assertEquals("2: (61) r0 = *(u32 *)(r1 +16)", report.reason());
    assertEquals("sum += frame->rx_queue_index; @ big_log.c:15", report.sourceLine());
  }

  @Test
  void ofALongComplaintTheLastThreeLinesAreTaken() {
    VerifierReport report =
        VerifierReport.of(
            """
            0: (95) exit
            one
            two
            three
            four
            """);
    assertEquals("two; three; four", report.reason());
  }

  @Test
  void onlyStatisticsGiveNoReason() {
    VerifierReport report =
        VerifierReport.of(
            """
            verification time 21 usec
            stack depth 0
            processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 \
            mark_read 0
            """);
    assertEquals("", report.reason());
    assertNull(report.sourceLine());
  }

  @Test
  void anEmptyLogGivesNoReason() {
    assertEquals(new VerifierReport("", null), VerifierReport.of(""));
    assertEquals(new VerifierReport("", null), VerifierReport.of("\n \n"));
  }
}
