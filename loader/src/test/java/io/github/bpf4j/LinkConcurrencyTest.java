package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One link, many threads: as when a shutdown hook and the main thread both clean up. */
@KernelTest
final class LinkConcurrencyTest {
  private static final int ROUNDS = 25;

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @ParameterizedTest
  @EnumSource(Via.class)
  void ofTwoThatDetachExactlyOneDoes(Via via) throws Exception {
    inside(
        (program, threads) -> {
          BpfLink link = program.attach(XdpAttachPoint.on("left").via(via));
          List<Boolean> detached = atOnce(threads, link::detach, link::detach);
          assertEquals(1, detached.stream().filter(did -> did).count());
          assertFalse(link.isAttached());
        });
  }

  @ParameterizedTest
  @EnumSource(Via.class)
  void closeWhileAnotherAsksWhetherItIsAttached(Via via) throws Exception {
    inside(
        (program, threads) -> {
          BpfLink link = program.attach(XdpAttachPoint.on("left").via(via));
          List<Boolean> seen =
              atOnce(
                  threads,
                  () -> {
                    while (link.isAttached()) {
                      Thread.onSpinWait();
                    }
                    return link.isAttached();
                  },
                  () -> {
                    Thread.sleep(1);
                    link.close();
                    return link.isAttached();
                  });
          assertEquals(List.of(false, false), seen);
        });
  }

  @ParameterizedTest
  @EnumSource(Via.class)
  void closingTheObjectAndTheLinkAtOnceFreesBoth(Via via) throws Exception {
    network.run(
        () -> {
          try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
              BpfObject object = TestObjects.load("xdp1_kern");
              XdpAttachPoint point = XdpAttachPoint.on("left").via(via);
              BpfLink link = object.program("xdp_prog1").attach(point);
              List<Boolean> detached =
                  atOnce(
                      threads,
                      link::detach,
                      () -> {
                        object.close();
                        return true;
                      });
              assertEquals(List.of(true, true), detached);
              assertEquals(List.of(), Xdp.query(point.device()));
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Via.class)
  void aThreadOfAnotherNamespaceMayDetach(Via via) throws Exception {
    XdpAttachPoint point = XdpAttachPoint.on(network.device("left")).via(via);
    try (BpfObject object = TestObjects.load("xdp1_kern");
        BpfLink link = network.call(() -> object.program("xdp_prog1").attach(point))) {
      assertTrue(link.isAttached());
      assertTrue(link.detach());
      assertFalse(link.isAttached());
      assertEquals(List.of(), network.call(() -> Xdp.query(point.device())));
    }
  }

  @Test
  void ofTwoThatAttachOneIsRefused() throws Exception {
    inside(
        (program, threads) -> {
          XdpAttachPoint point = XdpAttachPoint.on("left");
          List<BpfLink> links = new ArrayList<>();
          Callable<Boolean> attach =
              () -> {
                try {
                  BpfLink link = program.attach(point);
                  synchronized (links) {
                    return links.add(link);
                  }
                } catch (BpfException e) {
                  return false;
                }
              };
          List<Boolean> attached = atOnce(threads, attach, attach);
          assertEquals(1, links.size(), attached.toString());
          assertTrue(links.getFirst().detach());
        });
  }

  private interface Round {
    void run(BpfProgram program, ExecutorService threads) throws Exception;
  }

  private void inside(Round round) throws Exception {
    network.run(
        () -> {
          try (BpfObject object = TestObjects.load("xdp1_kern");
              ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < ROUNDS; i++) {
              round.run(object.program("xdp_prog1"), threads);
              assertEquals(List.of(), Xdp.query(XdpAttachPoint.on("left").device()));
            }
          }
        });
  }

  @SafeVarargs
  private static List<Boolean> atOnce(ExecutorService threads, Callable<Boolean>... actions)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(actions.length);
    List<Future<Boolean>> results = new ArrayList<>();
    for (Callable<Boolean> action : actions) {
      results.add(
          threads.submit(
              () -> {
                start.await();
                return action.call();
              }));
    }
    List<Boolean> answers = new ArrayList<>();
    for (Future<Boolean> result : results) {
      answers.add(result.get());
    }
    return answers;
  }
}
