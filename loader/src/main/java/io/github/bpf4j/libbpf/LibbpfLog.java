package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.libbpf_print_fn_t;
import io.github.bpf4j.bindings.libc_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What libbpf prints: to slf4j, and its warnings also into a short tail per thread that goes into
 * the exception of the call that failed. libbpf prints on the thread that called it.
 */
final class LibbpfLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.github.bpf4j.libbpf");
  private static final int LINE_BYTES = 8192;
  private static final int TAIL_LINES = 20;
  private static final ThreadLocal<LibbpfLog> OF_THREAD = ThreadLocal.withInitial(LibbpfLog::new);

  private final MemorySegment line = Arena.ofAuto().allocate(LINE_BYTES);
  private final Deque<String> tail = new ArrayDeque<>();

  private LibbpfLog() {}

  static void install() {
    libbpf_h.libbpf_set_print(libbpf_print_fn_t.allocate(LibbpfLog::print, Arena.global()));
  }

  /** Forgets the thread's tail, at the start of an operation. */
  static void clear() {
    OF_THREAD.get().tail.clear();
  }

  /** The thread's last lines, oldest first, each without libbpf's prefix. */
  static List<String> tail() {
    return List.copyOf(OF_THREAD.get().tail);
  }

  // A Throwable that leaves an upcall ends the JVM, whatever the logger behind slf4j does: a line
  // that cannot be logged is lost instead.
  private static int print(int level, MemorySegment format, MemorySegment arguments) {
    try {
      Level slf4j = level(level);
      if (slf4j == Level.DEBUG && !LOG.isDebugEnabled()) {
        return 0;
      }
      OF_THREAD.get().take(slf4j, format, arguments);
    } catch (Throwable e) {
      return 0;
    }
    return 0;
  }

  private void take(Level level, MemorySegment format, MemorySegment arguments) {
    int length = libc_h.vsnprintf(line, line.byteSize(), format, arguments);
    if (length < 0) {
      return;
    }
    String text = line.getString(0).strip();
    String message = text.startsWith("libbpf: ") ? text.substring("libbpf: ".length()) : text;
    if (level == Level.WARN) {
      if (tail.size() == TAIL_LINES) {
        tail.removeFirst();
      }
      tail.addLast(message);
    }
    LOG.atLevel(level).log(message);
  }

  private static Level level(int libbpf) {
    if (libbpf == libbpf_h.LIBBPF_WARN()) {
      return Level.WARN;
    }
    return libbpf == libbpf_h.LIBBPF_INFO() ? Level.INFO : Level.DEBUG;
  }
}
