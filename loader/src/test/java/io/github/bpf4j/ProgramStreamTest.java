package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bpf4j.error.Errno;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a program prints to streams of its own. A kernel whose struct pages are still to be
 * initialized gives {@code alloc_pages_nolock()} no memory, so that each print fails with ENOMEM:
 * then there is nothing to read. Machines exist where it stays so (deferred_init=lazy).
 */
@KernelTest
@Requires(KernelFeature.PROGRAM_STREAMS)
final class ProgramStreamTest {
  private BpfObject object;
  private BpfProgram program;

  @BeforeEach
  void load() {
    object =
        TestObjects.load(
            KernelFeature.IMPLICIT_ARGUMENTS.isThere() ? "streams_implicit" : "streams");
    program = object.program("to_streams");
  }

  @AfterEach
  void close() {
    object.close();
  }

  /** Prints a line to each stream; what they have then, for a word. */
  private String print(String word, int number) {
    int result = program.run(RunInput.packet(new byte[64])).verdict();
    if (result < 0) {
      assertEquals(-Errno.ENOMEM, result);
      return "";
    }
    return word + " " + number + "\n";
  }

  @Test
  void eachStreamHasItsOwn() {
    assertEquals("", program.read(BpfStream.STDOUT));
    String out = print("out", 1);
    assertEquals(out, program.read(BpfStream.STDOUT));
    assertEquals(out.replace("out", "err"), program.read(BpfStream.STDERR));
  }

  @Test
  void whatIsReadIsGone() {
    print("out", 1);
    program.read(BpfStream.STDOUT);
    assertEquals("", program.read(BpfStream.STDOUT));
  }

  @Test
  void moreThanOneReadBringsIsReadWhole() {
    StringBuilder expected = new StringBuilder();
    for (int number = 1; number <= 2000; number++) {
      expected.append(print("out", number));
    }
    assertEquals(expected.toString(), program.read(BpfStream.STDOUT));
  }

  @Test
  void ofAClosedObjectThereIsNothing() {
    object.close();
    assertThrows(IllegalStateException.class, () -> program.read(BpfStream.STDERR));
  }
}
