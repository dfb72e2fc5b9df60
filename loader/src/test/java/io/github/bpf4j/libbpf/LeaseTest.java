package io.github.bpf4j.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who enters, who is kept out, and when the thing behind is destroyed. */
final class LeaseTest {
  private final AtomicInteger destroyed = new AtomicInteger();
  private final Lease lease = new Lease("object cake", destroyed::incrementAndGet);

  @Test
  void closeWithoutUsersDestroysAtOnce() {
    assertFalse(lease.isClosed());
    lease.close();
    assertTrue(lease.isClosed());
    assertEquals(1, destroyed.get());
  }

  @Test
  void closeWaitsForTheLastUserWithoutBlocking() {
    lease.acquire();
    lease.acquire();
    lease.close();
    assertTrue(lease.isClosed());
    assertEquals(0, destroyed.get());
    lease.release();
    assertEquals(0, destroyed.get(), "one user is still in");
    lease.release();
    assertEquals(1, destroyed.get());
  }

  @Test
  void usersThatHaveLeftDoNotCount() {
    for (int i = 0; i < 10; i++) {
      lease.acquire();
      lease.release();
    }
    assertEquals(0, destroyed.get());
    lease.close();
    assertEquals(1, destroyed.get());
  }

  @Test
  void aLateUserIsToldWhatIsClosed() {
    lease.close();
    IllegalStateException late = assertThrows(IllegalStateException.class, lease::acquire);
    assertEquals("object cake is closed", late.getMessage());
  }

  @Test
  void aLateUserIsKeptOutWhileOthersAreStillIn() {
    lease.acquire();
    lease.close();
    assertThrows(IllegalStateException.class, lease::acquire);
    assertEquals(0, destroyed.get());
    lease.release();
    assertEquals(1, destroyed.get());
  }

  @Test
  void closingAgainDestroysNothingAgain() {
    lease.acquire();
    lease.close();
    lease.close();
    lease.release();
    lease.close();
    assertEquals(1, destroyed.get());
  }

  @Test
  void underManyThreadsItDestroysOnceAfterTheLastRelease() throws Exception {
    int threads = 6;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 2000; round++) {
        new Race(threads).run(pool);
      }
    }
  }

  /** Threads that enter and leave as fast as they can, two of which close after some turns. */
  private static final class Race {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger destroyed = new AtomicInteger();
    private final AtomicInteger insideWhenDestroyed = new AtomicInteger();
    private final Lease lease = new Lease("race", this::destroy);
    private final CyclicBarrier start;

    Race(int threads) {
      this.start = new CyclicBarrier(threads);
    }

    void run(ExecutorService pool) throws Exception {
      List<Future<Integer>> users = new ArrayList<>();
      for (int i = 0; i < start.getParties(); i++) {
        int turnsUntilClose = i < 2 ? 20 * (i + 1) : Integer.MAX_VALUE;
        users.add(pool.submit(() -> hammer(turnsUntilClose)));
      }
      for (Future<Integer> user : users) {
        assertEquals(0, user.get(), "entries after the destruction");
      }
      assertEquals(1, destroyed.get());
      assertEquals(0, insideWhenDestroyed.get());
      assertEquals(0, inside.get());
    }

    private int hammer(int turnsUntilClose) throws Exception {
      start.await();
      int tooLate = 0;
      for (int turn = 0; ; turn++) {
        if (turn == turnsUntilClose) {
          lease.close();
        }
        try {
          lease.acquire();
        } catch (IllegalStateException e) {
          return tooLate;
        }
        inside.incrementAndGet();
        tooLate += destroyed.get();
        inside.decrementAndGet();
        lease.release();
      }
    }

    private void destroy() {
      insideWhenDestroyed.set(inside.get());
      destroyed.incrementAndGet();
    }
  }
}
