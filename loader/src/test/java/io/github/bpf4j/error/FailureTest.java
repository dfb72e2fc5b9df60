package io.github.bpf4j.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The sentences that operators read. */
final class FailureTest {
  private static final Failure ATTACH = Failure.of("attach", "xdp_prog1 to lo", Errno.EOPNOTSUPP);

  @Test
  void anErrnoExplains() {
    assertEquals(
        "cannot attach xdp_prog1 to lo: Operation not supported (EOPNOTSUPP, 95)",
        ATTACH.sentence());
  }

  @Test
  void wordsExplainInstead() {
    assertEquals(
        "cannot open a.o: it is empty", Failure.of("open", "a.o", "it is empty").sentence());
  }

  @Test
  void wordsKeepTheErrnosName() {
    Failure worded = ATTACH.because("lo has no driver");
    assertEquals("cannot attach xdp_prog1 to lo: lo has no driver (EOPNOTSUPP)", worded.sentence());
    assertEquals(Errno.EOPNOTSUPP, worded.errno());
  }

  @Test
  void theWayOutComesLast() {
    assertEquals(
        "cannot attach xdp_prog1 to lo: Operation not supported (EOPNOTSUPP, 95); try -S",
        ATTACH.hint("try -S").sentence());
    assertEquals(ATTACH.sentence(), ATTACH.hint("try -S").hint(null).sentence());
  }

  @Test
  void withoutASubjectThereIsNoGap() {
    assertEquals("cannot wait: it is late", Failure.of("wait", "", "it is late").sentence());
  }

  @Test
  void eachStepKeepsTheOthers() {
    Failure all = ATTACH.hint("try -S").log(List.of("said")).because("no driver");
    assertEquals(
        new Failure(
            "attach", "xdp_prog1 to lo", Errno.EOPNOTSUPP, "no driver", List.of("said"), "try -S"),
        all);
  }

  @Test
  void namesCannotBeginALineOrCommandATerminal() {
    assertEquals(
        "cannot open a\\x0ab.o: section \\x1b[2J\\x00\\xff größe\t🙂",
        Failure.of("open", "a\nb.o", "section \u001b[2J\0\udcff größe\t🙂").sentence());
    String message =
        String.valueOf(new BpfException(ATTACH.log(List.of("prog 'a\rb'"))).getMessage());
    assertEquals("  libbpf: prog 'a\\x0db'", message.lines().toList().getLast());
  }

  @Test
  void theLogIsACopy() {
    List<String> lines = new ArrayList<>(List.of("one"));
    Failure failure = ATTACH.log(lines);
    lines.add("two");
    assertEquals(List.of("one"), failure.log());
    assertThrows(UnsupportedOperationException.class, () -> failure.log().add("three"));
  }

  @Test
  void anExceptionCarriesThePartsAndLibbpfsLines() {
    BpfException thrown = new BpfException(ATTACH.hint("try -S").log(List.of("one", "two")));
    assertEquals("attach", thrown.operation());
    assertEquals("xdp_prog1 to lo", thrown.subject());
    assertEquals(OptionalInt.of(95), thrown.errno());
    assertEquals(Optional.of("try -S"), thrown.hint());
    assertEquals(List.of("one", "two"), thrown.log());
    assertEquals(thrown.sentence() + "\n  libbpf: one\n  libbpf: two", thrown.getMessage());
  }

  @Test
  void whatIsUnknownIsEmpty() {
    BpfException thrown = new BpfException(Failure.of("open", "a.o", "it is empty"));
    assertEquals(OptionalInt.empty(), thrown.errno());
    assertEquals(Optional.empty(), thrown.hint());
    assertEquals(List.of(), thrown.log());
    assertEquals(thrown.sentence(), thrown.getMessage());
  }

  @Test
  void aVerifierExceptionHasTheLogAndTheSourceLineIfAny() {
    BpfVerifierException without = new BpfVerifierException(ATTACH, "0: (95) exit\n", null);
    assertEquals("0: (95) exit\n", without.verifierLog());
    assertEquals(Optional.empty(), without.sourceLine());
    BpfVerifierException with = new BpfVerifierException(ATTACH, "", "return 0;");
    assertEquals(Optional.of("return 0;"), with.sourceLine());
  }
}
