package io.github.bpf4j.bindings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The one shape against functions of the C library whose answers are known. */
final class DowncallTest {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final int EBADF = 9;

  private static MemorySegment function(String name) {
    return Linker.nativeLinker().defaultLookup().findOrThrow(name);
  }

  @Test
  void integersPassWithTheirSign() {
    assertEquals(5, (int) Downcall.call(function("abs"), Downcall.word(-5)));
    assertEquals(
        1L << 40, Downcall.call(function("labs"), Downcall.word(-(1L << 40))), "a whole word");
  }

  @Test
  void pointersPassAndComeBack() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom("key=value");
      MemorySegment found =
          Downcall.pointer(Downcall.call(function("strchr"), text, Downcall.word('=')));
      assertEquals("=value", found.getString(0));
      assertEquals(0, Downcall.call(function("strchr"), text, Downcall.word('?')));
    }
  }

  @Test
  void allWordsArriveInTheirOrder() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(64);
      long length =
          Downcall.call(
              function("snprintf"),
              buffer,
              Downcall.word(buffer.byteSize()),
              arena.allocateFrom("%ld %s %ld %ld"),
              Downcall.word(-3),
              arena.allocateFrom("four"),
              Downcall.word(5),
              Downcall.word(Long.MAX_VALUE));
      assertEquals("-3 four 5 " + Long.MAX_VALUE, buffer.getString(0));
      assertEquals(buffer.getString(0).length(), (int) length);
    }
  }

  @Test
  void errnoIsThatOfTheCall() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(STATE);
      long result = Downcall.capturing(errno, function("close"), Downcall.word(-1));
      assertEquals(-1, (int) result);
      assertEquals(EBADF, (int) STATE.varHandle(PathElement.groupElement("errno")).get(errno, 0L));
    }
  }

  @Test
  void segmentsAreGuardedAsByAnyDowncall() {
    MemorySegment strlen = function("strlen");
    MemorySegment heap = MemorySegment.ofArray(new byte[8]);
    assertThrows(IllegalArgumentException.class, () -> Downcall.call(strlen, heap));
    MemorySegment closed;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom("text");
      assertEquals(4, Downcall.call(strlen, text));
      CompletionException refused =
          assertThrows(
              CompletionException.class,
              () -> CompletableFuture.supplyAsync(() -> Downcall.call(strlen, text)).join());
      assertEquals(WrongThreadException.class, refused.getCause().getClass());
      closed = text;
    }
    assertThrows(IllegalStateException.class, () -> Downcall.call(strlen, closed));
  }
}
