package io.github.bpf4j.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.RunInput;
import io.github.bpf4j.event.PerfBuffer;
import io.github.bpf4j.event.PerfBufferOptions;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPUs that come and go, as the list of those online tells it. */
@KernelTest
@Timeout(60)
final class HotPlugTest {
  private final BitSet online = new BitSet();
  private BpfObject object;
  private Fd fd;
  private PerfRings buffer;

  @BeforeEach
  void open() {
    object = TestObjects.load("perf");
    BpfMap map = object.map("events");
    fd = KernelObjects.openMap(map.info().id(), 0).orElseThrow();
    EventMap events =
        new EventMap(map.name(), map.type(), map.maxEntries(), fd.number(), fd.lease());
    fd.lease().acquire();
    buffer = PerfRings.open(events, PerfBufferOptions.defaults(), () -> (BitSet) online.clone());
  }

  @AfterEach
  void close() {
    buffer.close();
    fd.close();
    object.close();
  }

  /** One sample from whichever CPU this thread is on; how many come. */
  private int sendAndTake(PerfBuffer from) {
    object.program("small").run(RunInput.packet(new byte[64]).repeat(100));
    return from.drain((_, _, _) -> {});
  }

  private void lookAgain() {
    // Twice: what was taken in the first is gone in the second.
    for (int i = 0; i < 2; i++) {
      buffer.poll(Duration.ofMillis(1100), (_, _, _) -> {});
      buffer.drain((_, _, _) -> {});
    }
  }

  @Test
  void aCpuThatComesUpIsTakenIn() {
    assertEquals(List.of(), buffer.cpus());
    assertEquals(0, sendAndTake(buffer));
    online.set(0, Runtime.getRuntime().availableProcessors());
    lookAgain();
    assertEquals(online.stream().boxed().toList(), buffer.cpus());
    assertEquals(100, sendAndTake(buffer));
  }

  @Test
  void aCpuThatIsListedAndNotThereIsLeftOut() {
    online.set(0, Runtime.getRuntime().availableProcessors());
    online.set(300);
    lookAgain();
    assertTrue(!buffer.cpus().contains(300), buffer.cpus().toString());
    assertEquals(100, sendAndTake(buffer));
  }

  @Test
  void ofACpuThatGoesDownTheRestStillComes() {
    int cpus = Runtime.getRuntime().availableProcessors();
    online.set(0, cpus);
    lookAgain();
    object.program("small").run(RunInput.packet(new byte[64]).repeat(100));
    online.clear();
    int[] taken = new int[1];
    buffer.poll(Duration.ofMillis(1100), (_, _, _) -> taken[0]++);
    assertEquals(100, taken[0]);
    lookAgain();
    assertEquals(List.of(), buffer.cpus());
    assertEquals(0, sendAndTake(buffer));
    online.set(0, cpus);
    lookAgain();
    assertEquals(100, sendAndTake(buffer), "it is up again");
  }
}
