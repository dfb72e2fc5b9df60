package io.github.bpf4j.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfVerifierException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a load that failed is blamed on. */
final class LoadFailureTest {
  private static final int EINVAL = 22;

  /** What libbpf said to the test before, on the same thread. */
  @BeforeEach
  void forget() {
    LibbpfLog.clear();
  }

  @Test
  void withoutALogTheVerifierIsNotToBlame() {
    BpfException failure = LoadFailure.explain("some", EINVAL, _ -> "\n", List.of());
    assertFalse(failure instanceof BpfVerifierException);
    assertEquals("cannot load object some: Invalid argument (EINVAL, 22)", failure.sentence());
  }

  @Test
  void theVerifiersReasonIsTheReason() {
    BpfException failure =
        LoadFailure.explain("some", EINVAL, _ -> "unreachable insn 4\n", List.of());
    assertInstanceOf(BpfVerifierException.class, failure);
    assertEquals(
        "cannot load object some: the verifier refused it: unreachable insn 4 (EINVAL)",
        failure.sentence());
  }

  @Test
  void aVerifierThatOnlyCountsGivesNoReason() {
    BpfException failure =
        LoadFailure.explain("some", EINVAL, _ -> "processed 0 insns (limit 1000000)\n", List.of());
    assertEquals(
        "cannot load object some: the verifier refused it and does not say why (EINVAL)",
        failure.sentence());
  }
}
