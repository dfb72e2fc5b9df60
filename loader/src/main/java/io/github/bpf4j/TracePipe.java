package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.event.SampleHandler;
import io.github.bpf4j.ring.LineSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code bpf_printk} writes: the lines of {@code trace_pipe}. For a look at a program in the
 * making; events go through a ring buffer.
 *
 * <pre>{@code
 * try (TracePipe pipe = TracePipe.open()) {
 *   pipe.forEach(line -> TraceLine.parse(line).ifPresent(it -> System.out.println(it.message())));
 * }
 * }</pre>
 *
 * <p>The pipe is the whole host's: the lines of all programs and of all other tracing come through
 * it, each to one reader alone. It takes root, and tracefs mounted. A line comes within 100
 * milliseconds.
 *
 * <p>Thread safety: as of {@link io.github.bpf4j.event.EventSource}: one thread reads, any thread
 * may close.
 *
 * @see <a href="https://docs.kernel.org/trace/ftrace.html">ftrace</a>
 */
public final class TracePipe implements AutoCloseable {
  private static final String NAME = "trace_pipe";
  private static final List<Path> FOLDERS =
      List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));
  private static final Pattern LOST = Pattern.compile("CPU:\\d+ \\[LOST (\\d+) EVENTS\\]");

  private final LineSource source;
  private long lost;

  private TracePipe(LineSource source) {
    this.source = source;
  }

  /**
   * Opens it.
   *
   * @throws BpfException when tracefs is not mounted, or the process may not read it
   */
  public static TracePipe open() {
    Path pipe =
        FOLDERS.stream()
            .map(folder -> folder.resolve(NAME))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(TracePipe::missing);
    return new TracePipe(LineSource.open(pipe.toString()));
  }

  private static BpfException missing() {
    return new BpfException(
        Failure.of("open", NAME, "it is not in " + FOLDERS.getFirst())
            .hint("run mount -t tracefs tracefs " + FOLDERS.getFirst() + ", as root"));
  }

  /**
   * Takes the lines that are there, and waits for one if there is none.
   *
   * @param timeout how long to wait at most, zero for not at all
   * @return how many there were; 0 when the time is over, and before it when this is closed by
   *     another thread or the calling thread is interrupted
   */
  public int poll(Duration timeout, Consumer<String> consumer) {
    return source.poll(timeout, lines(consumer), Integer.MAX_VALUE);
  }

  /** Takes lines until another thread closes this, or interrupts the calling one. */
  public void forEach(Consumer<String> consumer) {
    source.forEach(lines(consumer));
  }

  /** How many events the kernel said it had lost, in the lines that were taken. */
  public synchronized long lost() {
    return lost;
  }

  private SampleHandler lines(Consumer<String> consumer) {
    return (data, offset, length) -> {
      String line = text(data.asSlice(offset, length));
      Matcher reported = LOST.matcher(line);
      if (reported.matches()) {
        addLost(Long.parseLong(reported.group(1)));
      } else {
        consumer.accept(line);
      }
    };
  }

  private synchronized void addLost(long events) {
    lost += events;
  }

  private static String text(MemorySegment bytes) {
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /** Whether this was closed. */
  public boolean isClosed() {
    return source.isClosed();
  }

  /** Ends the reading that is under way; idempotent, from any thread. */
  @Override
  public void close() {
    source.close();
  }
}
