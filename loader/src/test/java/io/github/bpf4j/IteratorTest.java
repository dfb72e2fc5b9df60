package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.IterAttachPoint;
import io.github.bpf4j.attach.IterAttachPoint.CgroupOrder;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestCgroup;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.TestPins;
import io.github.bpf4j.uapi.BpfLinkType;
import io.github.bpf4j.uapi.LinkTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Iterators: over tasks, the entries of a map, cgroups. */
@KernelTest
@Requires(KernelFeature.CGROUP_ITERATOR)
final class IteratorTest {
  private static final int PID = (int) ProcessHandle.current().pid();

  private BpfObject object;

  @BeforeEach
  void load() {
    object = TestObjects.load("iterators");
  }

  @AfterEach
  void unload() {
    object.close();
  }

  @Test
  void allTasksAreLines() {
    try (BpfIterator tasks = object.program("tasks").iterate(IterAttachPoint.all());
        Stream<String> lines = tasks.lines()) {
      List<String> found = lines.toList();
      assertTrue(found.contains(PID + " " + PID), "the main thread is among them");
      assertTrue(found.stream().allMatch(line -> line.matches("\\d+ \\d+")));
      assertEquals(BpfLinkType.ITER, tasks.link().info().type());
      assertEquals(new LinkTarget.Iterator("task", 0), tasks.link().info().target());
    }
  }

  @Test
  void theSectionSaysWhatAndEachStreamWalksAnew() throws Exception {
    try (BpfIterator tasks = object.program("tasks").iterate(IterAttachPoint.ofProcess(PID))) {
      Thread thread = Thread.ofPlatform().start(IteratorTest::park);
      int before = tasks.text().lines().toList().size();
      thread.interrupt();
      thread.join();
      for (int i = 0; i < 1000 && tasks.text().lines().count() >= before; i++) {
        Thread.sleep(10);
      }
      assertTrue(tasks.text().lines().count() < before);
    }
    try (BpfLink link = object.program("tasks").attach()) {
      assertEquals(BpfLinkType.ITER, link.info().type());
    }
  }

  private static void park() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aThreadOrAProcessIsAllThatIsWalked() {
    try (BpfIterator one = object.program("tasks").iterate(IterAttachPoint.ofThread(PID));
        BpfIterator all = object.program("tasks").iterate(IterAttachPoint.ofProcess(PID))) {
      assertEquals(PID + " " + PID + "\n", one.text());
      List<String> threads = all.text().lines().toList();
      assertTrue(threads.size() > 1);
      assertTrue(threads.stream().allMatch(line -> line.startsWith(PID + " ")));
    }
  }

  @Test
  void theEntriesOfAMapAreRecords() {
    BpfMap entries = object.map("entries");
    for (int key = 0; key < 5; key++) {
      put(entries, key, 100 + key);
    }
    IterAttachPoint point = IterAttachPoint.overMap(entries.fd());
    try (BpfIterator elements = object.program("elements").iterate(point)) {
      try (var records = elements.records(16)) {
        Map<Long, Long> found =
            records.collect(
                Collectors.toMap(record -> record.getLong(0), record -> record.getLong(8)));
        assertEquals(Map.of(0L, 100L, 1L, 101L, 2L, 102L, 3L, 103L, 4L, 104L), found);
      }
      LinkTarget target = elements.link().info().target();
      assertEquals(new LinkTarget.Iterator("bpf_map_elem", entries.info().id()), target);
      try (var records = elements.records(32)) {
        assertThrows(UncheckedIOException.class, records::toList, "80 bytes are no multiple");
      }
      try (var records = elements.records(80)) {
        var iterator = records.iterator();
        iterator.next();
        assertFalse(iterator.hasNext());
        assertThrows(NoSuchElementException.class, iterator::next);
      }
      assertThrows(IllegalArgumentException.class, () -> elements.records(0));
    }
  }

  @Test
  void cgroupsAreWalkedInTheOrderThatWasAsked() {
    try (TestCgroup cgroup = new TestCgroup();
        TestCgroup _ = cgroup.child();
        TestCgroup _ = cgroup.child()) {
      assertEquals(3, cgroups(cgroup.folder(), CgroupOrder.DESCENDANTS_PRE));
      assertEquals(3, cgroups(cgroup.folder(), CgroupOrder.DESCENDANTS_POST));
      assertEquals(1, cgroups(cgroup.folder(), CgroupOrder.SELF_ONLY));
      assertEquals(2, cgroups(cgroup.folder(), CgroupOrder.ANCESTORS_UP));
    }
  }

  private long cgroups(Path path, CgroupOrder order) {
    IterAttachPoint point = IterAttachPoint.ofCgroup(path, order);
    try (BpfIterator iterator = object.program("cgroups").iterate(point)) {
      return iterator.text().lines().count();
    }
  }

  @Test
  void pinnedItIsAFile() throws Exception {
    try (TestPins pins = new TestPins()) {
      Path pin = pins.name("tasks");
      try (BpfIterator one = object.program("tasks").iterate(IterAttachPoint.ofThread(PID))) {
        one.link().pin(pin);
      }
      assertEquals(PID + " " + PID + "\n", Commands.run("cat", pin.toString()));
      try (BpfIterator again = BpfIterator.openPinned(pin)) {
        assertEquals(PID + " " + PID + "\n", again.text());
        again.link().detach();
      }
      assertThrows(BpfException.class, () -> BpfIterator.openPinned(pin));
    }
  }

  @Test
  void aStreamIsReadToItsEndWhateverIsClosed() throws Exception {
    BpfIterator tasks = object.program("tasks").iterate(IterAttachPoint.ofProcess(PID));
    try (InputStream stream = tasks.stream()) {
      assertTrue(stream.read() > 0);
      tasks.close();
      assertThrows(IllegalStateException.class, tasks::stream);
      assertTrue(stream.readAllBytes().length > 0);
      assertEquals(-1, stream.read());
      assertEquals(0, stream.read(new byte[0]));
      assertEquals(-1, stream.read(new byte[1]));
    }
    InputStream closed = openAndClose();
    assertThrows(IOException.class, closed::read);
  }

  private InputStream openAndClose() throws IOException {
    try (BpfIterator tasks = object.program("tasks").iterate(IterAttachPoint.all())) {
      InputStream stream = tasks.stream();
      stream.close();
      return stream;
    }
  }

  @Test
  void whatCannotBeWalkedIsRefused() {
    BpfException refused =
        assertThrows(
            BpfException.class,
            () -> object.program("elements").iterate(IterAttachPoint.overMap(9999)));
    assertTrue(refused.sentence().contains("elements to map fd 9999"), refused::toString);
    try (BpfObject tracing = TestObjects.load("tc")) {
      assertThrows(
          BpfException.class, () -> tracing.program("first").iterate(IterAttachPoint.all()));
    }
  }

  @Test
  void longOutputComesWhole() {
    // 8 entries of 16 bytes a walk, walked often: no byte is lost between reads of any size.
    IntStream.range(0, 8).forEach(key -> put(object.map("entries"), key, key));
    IterAttachPoint point = IterAttachPoint.overMap(object.map("entries").fd());
    try (BpfIterator elements = object.program("elements").iterate(point)) {
      for (int size = 1; size <= 64; size *= 2) {
        try (var records = elements.records(size)) {
          assertEquals(128 / size, records.count());
        }
      }
    }
  }

  private static void put(BpfMap map, int key, long value) {
    try (Arena arena = Arena.ofConfined()) {
      assertTrue(
          map.update(
              arena.allocateFrom(ValueLayout.JAVA_INT, key),
              arena.allocateFrom(ValueLayout.JAVA_LONG, value),
              Update.ANY));
    }
  }
}
