package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfVerifierException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import org.junit.jupiter.api.Test;

/** Programs that this machine's verifier refuses. */
@KernelTest
final class VerifierErrorTest {
  private static final int MEGABYTE = 1 << 20;

  @Test
  void theSentenceHasProgramReasonAndSourceLine() {
    BpfVerifierException refused = refused("rejected");
    String sentence = refused.sentence();
    String start =
        "cannot load program out_of_bounds of object rejected: the verifier refused it: ";
    assertTrue(sentence.startsWith(start), sentence);
    assertTrue(sentence.contains("invalid access to packet, off=12 size=1"), sentence);
    assertTrue(sentence.contains("(EACCES)"), sentence);
    assertTrue(sentence.contains("; at: return data[12] == 8 ? XDP_DROP : XDP_PASS;"), sentence);
    assertEquals(1, sentence.lines().count());
    assertEquals(Errno.EACCES, refused.errno().orElseThrow());
    assertTrue(refused.sourceLine().orElseThrow().startsWith("return data[12] == 8"));
  }

  @Test
  void theWholeLogIsThere() {
    String log = refused("rejected").verifierLog();
    assertTrue(log.contains("0: (61) r1 = *(u32 *)(r1 +0)"), log);
    assertTrue(log.contains("R1 offset is outside of the packet\n"), log);
    assertTrue(log.lines().anyMatch(line -> line.startsWith("processed 2 insns")), log);
    assertTrue(log.endsWith("\n"), log);
  }

  @Test
  void whatLibbpfSaidIsBelowTheSentence() {
    BpfVerifierException refused = refused("rejected");
    assertTrue(
        refused.log().stream().anyMatch(line -> line.startsWith("prog 'out_of_bounds':")),
        refused.getMessage());
    assertTrue(refused.toString().contains(refused.sentence() + "\n  libbpf: "));
  }

  @Test
  void aLogOfMoreThanAMegabyteIsNotCut() {
    BpfVerifierException refused = refused("big_log");
    String log = refused.verifierLog();
    assertTrue(log.length() > MEGABYTE, log.length() + " characters");
    String end = log.substring(log.length() - 500);
    assertTrue(end.contains("R1 offset is outside of the packet"), end);
    assertTrue(end.contains("processed 2250"), end);
    String sentence = refused.sentence();
    assertTrue(sentence.contains("invalid access to packet, off=0 size=1"), sentence);
    assertTrue(refused.sourceLine().orElseThrow().startsWith("return sum + "), sentence);
  }

  @Test
  void oneRefusalSaysNothingOfTheOneBefore() {
    refused("big_log");
    BpfVerifierException refused = refused("rejected");
    assertTrue(refused.log().stream().noneMatch(line -> line.contains("long_winded")));
    assertTrue(refused.verifierLog().length() < MEGABYTE);
  }

  @Test
  void theOtherProgramsOfTheObjectDoNotBlurIt() {
    OpenBpfObject open = TestObjects.open("two_verdicts");
    BpfVerifierException refused = assertThrows(BpfVerifierException.class, open::load);
    String sentence = refused.sentence();
    assertTrue(sentence.startsWith("cannot load program bad of object two_verdicts"), sentence);
    assertTrue(sentence.contains("R0 !read_ok"), sentence);
  }

  private static BpfVerifierException refused(String object) {
    OpenBpfObject open = TestObjects.open(object);
    BpfVerifierException refused = assertThrows(BpfVerifierException.class, open::load);
    assertThrows(IllegalStateException.class, open::load, "used up");
    return refused;
  }
}
