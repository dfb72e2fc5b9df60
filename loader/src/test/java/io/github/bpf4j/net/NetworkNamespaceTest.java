package io.github.bpf4j.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Namespaces that come, are entered, and go. */
@KernelTest
final class NetworkNamespaceTest {
  @Test
  void aNewOneHoldsTheLoopbackDeviceAlone() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create()) {
      assertEquals(List.of(new NetworkDevice("lo", 1)), namespace.call(NetworkDevice::all));
    }
  }

  @Test
  void processesThatAreStartedInsideAreInsideToo() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create()) {
      String made =
          namespace.call(
              () -> {
                Commands.run("ip", "link", "add", "one", "type", "veth", "peer", "name", "two");
                return Commands.run("ip", "-brief", "link");
              });
      assertEquals(3, made.lines().count(), made);
      assertTrue(namespace.call(() -> NetworkDevice.of("one").exists()));
      assertThrows(BpfException.class, () -> NetworkDevice.of("one"), "not out here");
    }
  }

  @Test
  void theCallerStaysWhereItIs() throws Exception {
    Path before = identity();
    try (NetworkNamespace outer = NetworkNamespace.create();
        NetworkNamespace inner = NetworkNamespace.create()) {
      assertNotEquals(before, outer.call(NetworkNamespaceTest::identity));
      List<Path> nested =
          outer.call(
              () -> List.of(identity(), inner.call(NetworkNamespaceTest::identity), identity()));
      assertEquals(nested.get(0), nested.get(2));
      assertNotEquals(nested.get(0), nested.get(1));
      assertEquals(nested.get(1), inner.call(NetworkNamespaceTest::identity));
    }
    assertEquals(before, identity());
  }

  static List<Throwable> thrown() {
    return List.of(
        new IOException("checked"),
        new IllegalArgumentException("unchecked"),
        new AssertionError("error"),
        new InterruptedException("of the code's own"));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void whatTheCodeThrowsIsThrownUnchanged(Throwable thrown) {
    try (NetworkNamespace namespace = NetworkNamespace.create()) {
      Callable<String> code =
          () -> {
            if (thrown instanceof Error error) {
              throw error;
            }
            throw (Exception) thrown;
          };
      assertSame(thrown, assertThrows(Throwable.class, () -> namespace.call(code)));
    }
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void anInterruptReachesTheCodeWhoseEndIsWaitedFor() throws Exception {
    AtomicBoolean answer = new AtomicBoolean();
    AtomicBoolean flagKept = new AtomicBoolean();
    CountDownLatch inside = new CountDownLatch(1);
    try (NetworkNamespace namespace = NetworkNamespace.create()) {
      Callable<Boolean> code =
          () -> {
            inside.countDown();
            try {
              Thread.sleep(TimeUnit.MINUTES.toMillis(1));
              return false;
            } catch (InterruptedException e) {
              return true;
            }
          };
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    answer.set(namespace.callUnchecked(() -> unchecked(code)));
                    flagKept.set(Thread.currentThread().isInterrupted());
                  });
      assertTrue(inside.await(10, TimeUnit.SECONDS));
      caller.interrupt();
      caller.join();
      assertTrue(answer.get(), "the code was interrupted, and its result returned");
      assertTrue(flagKept.get(), "the caller's own flag is restored");
    }
  }

  private static <T> T unchecked(Callable<T> code) {
    try {
      return code.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anInterruptedThreadMakesOneAllTheSame() throws Exception {
    Thread.currentThread().interrupt();
    try (NetworkNamespace namespace = NetworkNamespace.create()) {
      assertTrue(Thread.interrupted(), "still");
      assertEquals(1, namespace.call(NetworkDevice::all).size());
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void itIsOpenedByItsFile() throws Exception {
    try (NetworkNamespace here = NetworkNamespace.open(Path.of("/proc/self/ns/net"))) {
      assertEquals(identity(), here.call(NetworkNamespaceTest::identity));
    }
    NetworkNamespace created = NetworkNamespace.create();
    Path name = created.call(NetworkNamespaceTest::identity);
    Callable<NetworkNamespace> reopen =
        () -> NetworkNamespace.open(Path.of("/proc/thread-self/ns/net"));
    try (NetworkNamespace again = created.call(reopen)) {
      created.close();
      assertEquals(name, again.call(NetworkNamespaceTest::identity), "one handle keeps it");
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    BpfException missing =
        assertThrows(
            BpfException.class, () -> NetworkNamespace.open(Path.of("/run/netns/no-such-one")));
    assertEquals(
        "cannot open /run/netns/no-such-one: No such file or directory (ENOENT, 2)",
        missing.sentence());
  }

  @Test
  void itIsTheSameByAName() throws Exception {
    String name = "bpf4j-name-" + ProcessHandle.current().pid();
    Commands.run("ip", "netns", "add", name);
    try (NetworkNamespace named = NetworkNamespace.open(Path.of("/run/netns", name))) {
      try (NetworkNamespace inside = named.call(NetworkNamespace::current)) {
        assertEquals(named, inside);
        assertEquals(named.toString(), inside.toString());
      }
      assertTrue(named.call(named::isCurrent));
      assertFalse(named.isCurrent());
    } finally {
      Commands.run("ip", "netns", "delete", name);
    }
  }

  @Test
  void aFileThatIsNoNamespaceCannotBeEntered() {
    try (NetworkNamespace wrong = NetworkNamespace.open(Path.of("/proc/self/status"))) {
      BpfException refused = assertThrows(BpfException.class, () -> wrong.call(NetworkDevice::all));
      assertEquals("enter", refused.operation());
      assertEquals(Errno.EINVAL, refused.errno().orElseThrow());
    }
  }

  @Test
  void afterCloseItIsGone() throws Exception {
    NetworkNamespace namespace = NetworkNamespace.create();
    String name = namespace.call(() -> identity().toString());
    assertEquals(1, holding(name));
    namespace.close();
    namespace.close();
    assertEquals(0, holding(name));
    assertThrows(IllegalStateException.class, () -> namespace.call(() -> 1));
  }

  @Test
  void closeUnderACallLetsItFinish() throws Exception {
    NetworkNamespace namespace = NetworkNamespace.create();
    String name =
        namespace.call(
            () -> {
              namespace.close();
              return identity().toString();
            });
    assertEquals(0, holding(name));
  }

  @Test
  void manyThreadsMayCallAtOnce() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create();
        ExecutorService pool = Executors.newFixedThreadPool(4)) {
      Path name = namespace.call(NetworkNamespaceTest::identity);
      List<Future<Path>> found = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        found.add(pool.submit(() -> namespace.call(NetworkNamespaceTest::identity)));
      }
      for (Future<Path> each : found) {
        assertEquals(name, each.get());
      }
    }
  }

  /** Such as {@code net:[4026531840]}: of the calling thread. */
  private static Path identity() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"));
  }

  private static long holding(String name) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(file -> isLinkTo(file, name)).count();
    }
  }

  private static boolean isLinkTo(Path file, String target) {
    try {
      return Files.readSymbolicLink(file).toString().equals(target);
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
