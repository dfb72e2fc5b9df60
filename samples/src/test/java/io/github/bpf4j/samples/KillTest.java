package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.Devices;
import io.github.bpf4j.OwnedBpfMap;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.DeviceState;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.Cycling.Way;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Soak;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.TestPins;
import io.github.bpf4j.uapi.MapInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code kill -9} at random moments: what is left is what the table in {@code BpfLink} says, and
 * {@code clean} removes it. 500 times with {@code ./bpf4j soak}.
 */
@KernelTest
@Tag(Soak.TAG)
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class KillTest {
  private static final long KILLS = Soak.times(14, 490);
  private static final long KILLED_COMMANDS = Soak.times(2, 10);
  private static final int LONGEST_MILLIS = 40;
  private static final int PATIENCE_SECONDS = 20;

  /** What the JVM opens for itself; what leaks with each kill is far more in the long form. */
  private static final long OF_THE_JVM = 8;

  private final Random random = new Random(6);
  private final Map<Way, Integer> left = new EnumMap<>(Way.class);
  private TestNetwork network;
  private TestPins pins;

  @BeforeEach
  void make() throws Exception {
    network = new TestNetwork();
    pins = new TestPins();
  }

  @AfterEach
  void remove() {
    pins.close();
    network.close();
  }

  @Test
  void whatIsLeftIsWhatIsDocumentedAndCleanRemovesIt() throws Exception {
    network.run(
        () -> {
          List<Way> ways = new ArrayList<>(List.of(Way.values()));
          if (!KernelFeature.TCX.isThere()) {
            ways.remove(Way.TCX);
          }
          long open = 0;
          for (int i = 0; i < KILLS; i++) {
            Way way = ways.get(i % ways.size());
            long pid = killed(way);
            check(way);
            clean(way, pid);
            if (i == ways.size()) {
              open = descriptors();
            }
          }
          long now = descriptors();
          assertTrue(now <= open + OF_THE_JVM, now + " descriptors, " + open + " before");
          if (Soak.isOn()) {
            System.out.println(KILLS + " kills; something was left after: " + left);
          }
        });
  }

  @Test
  void aKilledLoadLeavesAllOrWhatCleanRemoves() throws Exception {
    network.run(
        () -> {
          String[] load = {
            "load", Hook.DEVICE, TestObjects.file("pinned_map").toString(), "-p", "" + pins.folder()
          };
          long start = System.nanoTime();
          Bpf4j.run(load);
          long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
          Here.run("unload right").done();
          for (int i = 0; i < KILLED_COMMANDS; i++) {
            try (CommandLineProcess process = Bpf4j.command(load).start()) {
              Thread.sleep(whole / 2 + random.nextLong(whole / 2 + 1));
              process.process().destroyForcibly().onExit().join();
              Here.run("clean");
              until(
                  "only what was left on purpose stays",
                  () -> programs().allMatch(KillTest::isOnPurpose));
              Here.run("unload right").done();
              until("free", () -> state().isFree());
            }
          }
        });
  }

  /** Runs a process to its death at a random moment; its pid. */
  private long killed(Way way) throws Exception {
    Process process =
        new ProcessBuilder(
                ChildJvm.command(
                    Cycling.class,
                    List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"),
                    way.name(),
                    Hook.DEVICE,
                    pins.folder().toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertEquals("warm", output.readLine(), way::toString);
      TimeUnit.MICROSECONDS.sleep(random.nextLong(LONGEST_MILLIS * 1000L));
    } finally {
      process.destroyForcibly().onExit().join();
    }
    return process.pid();
  }

  private static DeviceState state() {
    return Devices.query(NetworkDevice.of(Hook.DEVICE));
  }

  /** All programs on the device, by whichever hook. */
  private static Stream<AttachedProgram> programs() {
    DeviceState state = state();
    return Stream.of(
            state.xdp().stream().map(each -> each.program()),
            state.tc().stream().map(each -> each.program()),
            state.shared().values().stream().flatMap(each -> each.programs().stream()))
        .flatMap(each -> each);
  }

  private static boolean isOnPurpose(AttachedProgram program) {
    return program.loadedBy().filter(AttachedProgram.LoadedBy::onPurpose).isPresent();
  }

  private void check(Way way) throws Exception {
    if (way == Way.LINK || (way == Way.PINNED_LINK && pins.names().isEmpty())) {
      until("the link is gone with its process", () -> state().isFree());
    }
    List<AttachedProgram> found = programs().toList();
    assertTrue(found.size() <= 1, () -> way + " left " + found);
    for (AttachedProgram program : found) {
      left.merge(way, 1, Integer::sum);
      AttachedProgram.LoadedBy owner = program.loadedBy().orElseThrow();
      assertFalse(owner.running(), program::toString);
      assertTrue(way == Way.LEFT || !owner.onPurpose(), program::toString);
      assertEquals(way == Way.PINNED_LINK, program.linkId().isPresent(), program::toString);
    }
    if (way == Way.PINNED_MAP && !pins.names().isEmpty()) {
      left.merge(way, 1, Integer::sum);
    }
    boolean pinned = way == Way.PINNED_LINK || way == Way.PINNED_MAP;
    assertTrue(pins.names().size() <= (pinned ? 1 : 0), () -> way + " left " + pins.names());
  }

  private void clean(Way way, long pid) throws Exception {
    Here.Result cleaned = Here.run("clean --pinned --json");
    assertEquals(0, cleaned.status(), cleaned::toString);
    if (way == Way.LEFT && programs().anyMatch(KillTest::isOnPurpose)) {
      assertFalse(cleaned.out().contains("\"devname\":\"right\""), cleaned::out);
      Here.run("unload right").done();
    }
    until("free", () -> state().isFree());
    if (way == Way.PINNED_MAP) {
      for (String name : pins.names()) {
        Files.delete(pins.name(name)); // rm, as documented
      }
      Here.run("clean --pinned --json");
    }
    assertEquals(List.of(), pins.names(), cleaned::out);
    assertFalse(Files.exists(pins.name("deep")), cleaned::out);
    until("no program of it is in the kernel", () -> isGone(pid));
  }

  /** Looks for marks of a process: they live as long as the programs that bear them. */
  private static boolean isGone(long pid) {
    return BpfSystem.maps().stream()
        .filter(map -> map.name().equals("bpf4j_owner"))
        .noneMatch(map -> isOf(map, pid));
  }

  private static boolean isOf(MapInfo info, long pid) {
    try (Arena arena = Arena.ofConfined();
        OwnedBpfMap map = BpfMap.openById(info.id())) {
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, 0);
      MemorySegment value = arena.allocate(info.valueSize(), Long.BYTES);
      return map.lookup(key, value, 0) && value.get(ValueLayout.JAVA_LONG, 0) == pid;
    } catch (BpfException e) {
      return false; // gone meanwhile
    }
  }

  private static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      assertTrue(System.nanoTime() - deadline < 0, () -> what + ": never; " + programs().toList());
      Thread.sleep(2);
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
