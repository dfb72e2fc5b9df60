package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfVerifierException;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.VerifierStatistics;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the verifier writes of programs that it lets pass, and of those that it does not. */
@KernelTest
final class VerifierLogTest {
  @Test
  @Requires(KernelFeature.VERIFIED_INSTRUCTIONS)
  void statisticsOfAProgramThatPassed() {
    OpenBpfObject open = TestObjects.open("test_run");
    open.program("grow").verifierLog(VerifierLog.STATISTICS);
    open.program("mark").verifierLog(VerifierLog.STATISTICS);
    try (BpfObject object = open.load()) {
      BpfProgram program = object.program("grow");
      VerifierStatistics statistics = program.verifierStatistics().orElseThrow();
      assertEquals(program.info().verifiedInstructions(), statistics.instructions());
      assertEquals(1_000_000, statistics.instructionLimit());
      assertTrue(statistics.states() > 0, statistics::toString);
      assertTrue(statistics.time().isPresent());
      assertEquals(1, statistics.stackDepths().size(), "it calls no function");
      assertFalse(program.verifierLog().contains("(95) exit"), program.verifierLog());
      VerifierStatistics other = object.program("mark").verifierStatistics().orElseThrow();
      assertEquals(object.program("mark").info().verifiedInstructions(), other.instructions());
      assertEquals("", object.program("shrink").verifierLog(), "it was not to write of that");
      assertEquals(Optional.empty(), object.program("shrink").verifierStatistics());
    }
  }

  @Test
  void instructionsOfAProgramThatPassed() {
    OpenBpfObject open = TestObjects.open("test_run");
    open.program("pass").verifierLog(VerifierLog.STATES);
    try (BpfObject object = open.load()) {
      String log = object.program("pass").verifierLog();
      assertTrue(log.contains("0: (b7) r0 = 2"), log);
      assertTrue(log.contains("(95) exit"), log);
      assertTrue(log.endsWith("\n"), log);
      assertTrue(object.program("pass").verifierStatistics().isPresent());
      assertTrue(log.contains("R1=ctx("), log);
    }
  }

  @Test
  void stackIsToldOfEachFunction() {
    OpenBpfObject open = TestObjects.open("core");
    open.programs().forEach(program -> program.verifierLog(VerifierLog.STATISTICS));
    try (BpfObject object = open.load()) {
      VerifierStatistics statistics =
          object.program("use_kernel_types").verifierStatistics().orElseThrow();
      assertTrue(statistics.stackDepth() > 0, statistics::toString);
    }
  }

  @Test
  void aRefusalSaysHowFarTheVerifierCame() {
    BpfVerifierException refused = refused("rejected", VerifierLog.NONE);
    assertEquals(2, refused.statistics().orElseThrow().instructions());
    assertTrue(refused.statistics().orElseThrow().stackDepths().isEmpty());
    assertTrue(refused.verifierLog().contains("(61) r1 = "), refused.verifierLog());
  }

  @Test
  void aRefusalIsExplainedWhateverWasAskedFor() {
    for (VerifierLog log : VerifierLog.values()) {
      BpfVerifierException refused = refused("rejected", log);
      assertTrue(
          refused.sentence().startsWith("cannot load program out_of_bounds of object rejected: "),
          refused::sentence);
      assertTrue(refused.sentence().contains("invalid access to packet"), refused::sentence);
      assertEquals(
          log == VerifierLog.NONE, refused.statistics().orElseThrow().time().isEmpty(), log::name);
      assertEquals(
          log != VerifierLog.STATISTICS, refused.verifierLog().contains("(61) r1 = "), log::name);
    }
  }

  /** One program passes with a log of its own, and the next is refused. */
  @Test
  void theLogIsThatOfTheProgramThatWasRefused() {
    OpenBpfObject open = TestObjects.open("two_verdicts");
    open.program("good").verifierLog(VerifierLog.STATES);
    BpfVerifierException refused = assertThrows(BpfVerifierException.class, open::load);
    assertTrue(refused.sentence().contains("R0 !read_ok"), refused::sentence);
    assertTrue(refused.sentence().contains("program bad of"), refused::sentence);
  }

  private static BpfVerifierException refused(String object, VerifierLog log) {
    OpenBpfObject open = TestObjects.open(object);
    open.programs().forEach(program -> program.verifierLog(log));
    return assertThrows(BpfVerifierException.class, open::load);
  }
}
