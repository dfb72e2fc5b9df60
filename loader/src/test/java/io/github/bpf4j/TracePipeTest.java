package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.event.TraceLine;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What programs print by bpf_printk; other lines may come in between. */
@KernelTest
@Timeout(60)
final class TracePipeTest {
  private static final String OURS = "bpf4j prints ";

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private BpfObject object;
  private TracePipe pipe;

  @BeforeEach
  void open() {
    object = TestObjects.load("printing");
    pipe = TracePipe.open();
    // What others have printed before.
    while (pipe.poll(Duration.ZERO, _ -> {}) > 0) {}
  }

  @AfterEach
  void close() {
    pipe.close();
    object.close();
  }

  private void print(int times) {
    object.program("to_trace_pipe").run(RunInput.packet(new byte[64]).repeat(times));
  }

  private void remember(String line) {
    if (line.contains(OURS)) {
      seen.add(line);
    }
  }

  private void awaitSeen(int count) {
    while (seen.size() < count) {
      assertFalse(Thread.currentThread().isInterrupted(), seen.size() + " of " + count);
      assertEquals(0, pipe.lost());
      pipe.poll(Duration.ofSeconds(1), this::remember);
    }
  }

  private List<String> messages() {
    return seen.stream().map(line -> TraceLine.parse(line).orElseThrow().message()).toList();
  }

  private static List<String> upTo(int number) {
    return IntStream.rangeClosed(1, number).mapToObj(i -> OURS + i + " of many").toList();
  }

  @Test
  void linesComeInOrder() {
    print(20);
    awaitSeen(20);
    assertEquals(upTo(20), messages());
    TraceLine line = TraceLine.parse(seen.getFirst()).orElseThrow();
    assertEquals("bpf_trace_printk", line.function());
    assertFalse(line.task().isBlank());
    assertTrue(line.sinceBoot().toSeconds() > 0);
  }

  @Test
  void manyLinesComeWhole() {
    // No more at a time than the smallest trace buffer takes, of 7 KiB.
    for (int round = 1; round <= 200; round++) {
      print(20);
      awaitSeen(20 * round);
    }
    assertEquals(upTo(4000), messages());
  }

  @Test
  void withoutLinesTheTimeIsKept() {
    long start = System.nanoTime();
    pipe.poll(Duration.ofMillis(150), _ -> {});
    // Somebody else may print meanwhile.
    assertTrue(System.nanoTime() - start >= 0);
    pipe.poll(Duration.ZERO, _ -> {});
  }

  @Test
  void readingGoesOnUntilTheClose() throws Exception {
    CompletableFuture<Boolean> reader =
        CompletableFuture.supplyAsync(
            () -> {
              pipe.forEach(this::remember);
              return true;
            });
    for (int i = 1; i <= 3; i++) {
      print(1);
      while (seen.size() < i) {
        Thread.onSpinWait();
      }
    }
    pipe.close();
    assertTrue(reader.get());
    assertTrue(pipe.isClosed());
    assertThrows(IllegalStateException.class, () -> pipe.poll(Duration.ZERO, _ -> {}));
    assertEquals(upTo(3), messages());
  }

  @Test
  void whatAConsumerThrowsReachesTheCallerAndLeavesTheRest() {
    print(3);
    RuntimeException thrown = new RuntimeException();
    assertSame(
        thrown,
        assertThrows(
            RuntimeException.class,
            () -> {
              while (true) {
                pipe.poll(
                    Duration.ofSeconds(1),
                    line -> {
                      remember(line);
                      if (!seen.isEmpty()) {
                        throw thrown;
                      }
                    });
              }
            }));
    awaitSeen(3);
    assertEquals(upTo(3), messages());
  }

  @Test
  void linesThatTheKernelOverwroteAreCounted() {
    // Far more than the trace buffer takes.
    for (int i = 0; i < 20; i++) {
      print(20_000);
    }
    while (pipe.poll(Duration.ZERO, this::remember) > 0) {}
    assertTrue(pipe.lost() > 0, pipe.lost() + " lost");
    assertTrue(pipe.lost() + seen.size() >= 400_000, pipe.lost() + " and " + seen.size());
    assertEquals(OURS + 400_000 + " of many", messages().getLast());
  }

  @Test
  void withoutTracefsTheErrorSaysWhatToDo() {
    ChildJvm.Result result =
        ChildJvm.under(List.of("unshare", "--mount", "sh", "-c", UNMOUNT, "sh"), Opening.class);
    assertEquals(0, result.status(), result.toString());
    assertEquals(
        "cannot open trace_pipe: it is not in /sys/kernel/tracing; run mount -t tracefs tracefs"
            + " /sys/kernel/tracing, as root\n",
        result.output());
  }

  // It may be mounted within debugfs too.
  private static final String UNMOUNT =
      "umount -l /sys/kernel/tracing; umount -l /sys/kernel/debug 2>/dev/null; exec \"$@\"";

  /** Opens a trace pipe and prints what it gets to hear. */
  static final class Opening {
    private Opening() {}

    public static void main(String[] args) {
      try (TracePipe _ = TracePipe.open()) {
        System.out.println("opened");
      } catch (BpfException e) {
        System.out.println(e.sentence());
      }
    }
  }
}
