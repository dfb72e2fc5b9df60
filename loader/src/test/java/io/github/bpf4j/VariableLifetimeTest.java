package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Variables end with the object that they are of. */
@KernelTest
final class VariableLifetimeTest {
  record Settings(long limit, boolean enabled, long mask) {}

  @Test
  void afterTheLoadTheOpenObjectsVariablesAreGone() {
    OpenBpfObject open = TestObjects.open("variables");
    GlobalVariable total = open.variable("total");
    GlobalVariable settings = open.variable("initial");
    Codec<Settings> codec = settings.codec(Settings.class);
    try (BpfObject object = open.load()) {
      String gone =
          "object variables was loaded or closed: load() consumes the open object and its"
              + " variables";
      assertGone(gone, total, settings, codec);
      assertThrows(IllegalStateException.class, () -> open.variable("total"));
      object.variable("total").setLong(1);
    }
  }

  @Test
  void afterTheCloseAllVariablesAreGone() {
    BpfObject object = TestObjects.load("variables");
    GlobalVariable total = object.variable("total");
    GlobalVariable settings = object.variable("in_settings");
    Codec<Settings> codec = settings.codec(Settings.class);
    object.close();
    object.close();
    assertGone("object variables is closed", total, settings, codec);
    assertThrows(IllegalStateException.class, () -> object.variable("total"));
    assertThrows(IllegalStateException.class, object::variables);
  }

  private static void assertGone(
      String message, GlobalVariable number, GlobalVariable struct, Codec<Settings> codec) {
    List<Runnable> uses =
        List.of(
            number::getLong,
            () -> number.setLong(1),
            () -> number.getAndAdd(1),
            () -> number.getAndSet(1),
            () -> struct.get(codec),
            () -> struct.set(codec, new Settings(0, false, 0)));
    for (Runnable use : uses) {
      assertEquals(message, assertThrows(IllegalStateException.class, use::run).getMessage());
    }
    assertTrue(number.toString().contains("total in .bss"));
  }

  @Test
  void closingWhileOthersReadEndsInAnException() throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      BpfObject object = TestObjects.load("variables");
      GlobalVariable total = object.variable("total");
      IllegalStateException[] seen = new IllegalStateException[2];
      Thread[] readers = new Thread[seen.length];
      for (int i = 0; i < readers.length; i++) {
        int reader = i;
        readers[i] =
            new Thread(
                () -> {
                  try {
                    while (true) {
                      total.setLong(total.getLong() + 1);
                    }
                  } catch (IllegalStateException e) {
                    seen[reader] = e;
                  }
                });
        readers[i].start();
      }
      Thread.sleep(1);
      object.close();
      for (Thread reader : readers) {
        reader.join();
      }
      assertArrayEquals(
          new String[] {"object variables is closed", "object variables is closed"},
          Arrays.stream(seen).map(IllegalStateException::getMessage).toArray());
    }
  }

  @Test
  void nothingStaysMapped() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (BpfObject object = TestObjects.load("variables")) {
        object.variable("total").setLong(1);
      }
    }
    assertFalse(Files.readString(Path.of("/proc/self/maps")).contains("bpf-map"));
  }
}
