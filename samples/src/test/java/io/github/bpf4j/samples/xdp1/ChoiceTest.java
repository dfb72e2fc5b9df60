package io.github.bpf4j.samples.xdp1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.OpenBpfObject;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.samples.attach.ProgramChoice;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which program and map of an object; nothing is loaded, so no privilege is needed. */
final class ChoiceTest {
  @ParameterizedTest
  @ValueSource(strings = {"xdp1_kern", "xdp1_drop_kern"})
  void theOnlyProgramIsTaken(String name) {
    try (OpenBpfObject object = TestObjects.open(name)) {
      assertEquals("xdp_prog1", ProgramChoice.of(object, null, null, "--program").name());
    }
  }

  @Test
  void severalProgramsAreListed() {
    try (OpenBpfObject object = TestObjects.open("two_programs")) {
      String programs = refusal(() -> ProgramChoice.of(object, null, null, "--program"));
      assertTrue(programs.contains("--program: first, second"), programs);
    }
  }

  @Test
  void aNamedProgramIsTaken() {
    try (OpenBpfObject object = TestObjects.open("two_programs")) {
      assertEquals("second", ProgramChoice.of(object, "second", null, "--program").name());
    }
  }

  @Test
  void anUnknownProgramListsThoseThatExist() {
    try (OpenBpfObject object = TestObjects.open("two_programs")) {
      String program =
          assertThrows(
                  BpfException.class, () -> ProgramChoice.of(object, "third", null, "--program"))
              .sentence();
      assertTrue(program.contains("first, second"), program);
    }
  }

  @KernelTest
  void mapsAreChosenLikewise() {
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      assertEquals("rxcnt", Choice.map(object, null).name());
    }
    try (BpfObject object = TestObjects.load("two_programs")) {
      assertEquals("first_counts", Choice.map(object, "first_counts").name());
      String maps = refusal(() -> Choice.map(object, null));
      assertTrue(maps.contains("--map: first_counts, second_counts"), maps);
      String map = assertThrows(BpfException.class, () -> Choice.map(object, "third")).sentence();
      assertTrue(map.contains("first_counts, second_counts"), map);
    }
  }

  @Test
  void anObjectWithoutProgramsIsRefused() {
    try (OpenBpfObject object = TestObjects.open("no_programs")) {
      String sentence = refusal(() -> ProgramChoice.of(object, null, null, "--program"));
      assertTrue(sentence.endsWith("it has no programs"), sentence);
    }
  }

  @Test
  void aProgramForSomethingElseIsRefusedByItsType() {
    try (OpenBpfObject object = TestObjects.open("socket_filter")) {
      for (String name : new String[] {null, "accept_all"}) {
        String sentence = refusal(() -> ProgramChoice.of(object, name, null, "--program"));
        assertTrue(sentence.contains("accept_all is of type SOCKET_FILTER"), sentence);
      }
    }
  }

  @KernelTest
  void mapsThatHoldNoCountersAreRefusedByTheirType() {
    try (BpfObject object = TestObjects.load("no_programs")) {
      String none = refusal(() -> Choice.map(object, null));
      assertTrue(none.matches(".* lonely is (an|of type) ARRAY with values of 8 bytes"), none);
      String named = refusal(() -> Choice.map(object, "lonely"));
      assertTrue(named.contains("not a PERCPU_ARRAY with values of 8 bytes"), named);
    }
  }

  @KernelTest
  void anObjectWithoutMapsIsRefused() {
    try (BpfObject object = TestObjects.load("foreign_xdp")) {
      String sentence = refusal(() -> Choice.map(object, null));
      assertTrue(sentence.endsWith("to read counters from, and no other map"), sentence);
    }
  }

  private static String refusal(Executable choice) {
    return String.valueOf(assertThrows(CommandFailedException.class, choice).getMessage());
  }
}
