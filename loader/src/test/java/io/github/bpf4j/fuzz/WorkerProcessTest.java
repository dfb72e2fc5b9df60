package io.github.bpf4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.testing.KernelTest;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that dies or hangs is noticed, and the next object finds a new one. */
@KernelTest // for the file system of pins that each worker mounts
final class WorkerProcessTest {
  private static final byte[] GOOD = {'g'};

  @TempDir Path folder;
  private WorkerProcess worker;

  /** Does what the first byte of an object says. */
  static final class Obedient {
    static void main() throws IOException {
      DataInputStream in = new DataInputStream(System.in);
      answer(FuzzWorker.READY);
      while (true) {
        byte[] object = in.readNBytes(in.readInt());
        switch (object[0]) {
          case 'c' -> crash();
          case 'e' -> System.exit(0);
          case 'h' -> hang();
          default -> answer((char) object[0]);
        }
      }
    }

    private static void answer(char letter) {
      System.out.print(letter);
      System.out.flush();
    }

    @SuppressWarnings("restricted") // the crash is the point
    private static void crash() {
      MemorySegment.NULL.reinterpret(8).set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
    }

    private static void hang() {
      while (true) {
        Thread.onSpinWait();
      }
    }
  }

  @BeforeEach
  void start() throws IOException, InterruptedException {
    worker = worker(Obedient.class);
  }

  private WorkerProcess worker(Class<?> main) throws IOException, InterruptedException {
    return new WorkerProcess(
        main, List.of(), GOOD, Duration.ofSeconds(3), folder.resolve("worker.log"));
  }

  @AfterEach
  void stop() throws IOException {
    worker.close();
  }

  @Test
  void answersComeBack() throws IOException, InterruptedException {
    assertEquals(FuzzWorker.LOADED, worker.tryOut(new byte[] {'y'}));
    assertEquals(FuzzWorker.LEAKED, worker.tryOut(new byte[] {'L', 1, 2, 3}));
  }

  @Test
  void aCrashIsSeenAndTheNextObjectTriedOut() throws IOException, InterruptedException {
    assertEquals(WorkerProcess.CRASHED, worker.tryOut(new byte[] {'c'}));
    assertEquals(FuzzWorker.LOADED, worker.tryOut(new byte[] {'y'}));
  }

  @Test
  void anEarlyEndIsACrash() throws IOException, InterruptedException {
    assertEquals(WorkerProcess.CRASHED, worker.tryOut(new byte[] {'e'}));
    assertEquals(FuzzWorker.LOADED, worker.tryOut(new byte[] {'y'}));
  }

  @Test
  void aHangIsSeenAndTheNextObjectTriedOut() throws IOException, InterruptedException {
    assertEquals(WorkerProcess.HUNG, worker.tryOut(new byte[] {'h'}));
    assertEquals(FuzzWorker.LOADED, worker.tryOut(new byte[] {'y'}));
  }

  @Test
  void aWorkerThatDoesNotStartIsTold() throws IOException {
    IOException failure = assertThrows(IOException.class, () -> worker(Mutator.class));
    assertTrue(String.valueOf(failure.getMessage()).contains("worker.log"), failure.getMessage());
    assertTrue(Files.readString(folder.resolve("worker.log")).contains("Mutator"));
  }

  @Test
  void theWorkerOfTheFuzzSeesALeak() throws IOException, InterruptedException {
    try (WorkerProcess leaking = worker(Leaking.class)) {
      assertEquals(FuzzWorker.LEAKED, leaking.tryOut(new byte[] {'x'}));
    }
  }

  /** Counts as {@link FuzzWorker} does, and keeps a file open for each object. */
  static final class Leaking {
    private static final List<InputStream> OPEN = new ArrayList<>();

    static void main() throws IOException {
      FuzzWorker.serve(Leaking::open);
    }

    private static char open(byte[] object) {
      try {
        OPEN.add(Files.newInputStream(Path.of("/dev/null")));
        return FuzzWorker.LOADED;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
