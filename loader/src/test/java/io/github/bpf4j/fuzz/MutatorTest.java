package io.github.bpf4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A number makes an object again, and different numbers make different ones. */
final class MutatorTest {
  private static final int NUMBERS = 500;

  static List<Path> seeds() {
    return Fuzz.SEEDS;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameNumberGivesTheSameObject(Path seed) throws IOException {
    byte[] bytes = Files.readAllBytes(seed);
    byte[] before = bytes.clone();
    Mutator one = new Mutator(bytes);
    Mutator other = new Mutator(bytes.clone());
    for (int number = 0; number < NUMBERS; number++) {
      assertArrayEquals(one.mutate(number), other.mutate(number));
    }
    assertArrayEquals(before, bytes, "the seed stays");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void numbersGiveDifferentObjects(Path seed) throws IOException {
    byte[] bytes = Files.readAllBytes(seed);
    Mutator mutator = new Mutator(bytes);
    Set<ByteBuffer> objects = new HashSet<>();
    for (int number = 0; number < NUMBERS; number++) {
      objects.add(ByteBuffer.wrap(mutator.mutate(number)));
    }
    objects.remove(ByteBuffer.wrap(bytes));
    assertTrue(objects.size() > NUMBERS * 9 / 10, objects.size() + " of " + NUMBERS);
  }

  @Test
  void everyPartOfAnObjectIsChanged() throws IOException {
    byte[] bytes = Files.readAllBytes(Fuzz.SEEDS.getFirst());
    Mutator mutator = new Mutator(bytes);
    boolean[] changed = new boolean[bytes.length];
    int shorter = 0;
    for (int number = 0; number < 20_000; number++) {
      byte[] object = mutator.mutate(number);
      shorter += object.length < bytes.length ? 1 : 0;
      for (int i = 0; i < object.length; i++) {
        changed[i] |= object[i] != bytes[i];
      }
    }
    int count = 0;
    for (boolean each : changed) {
      count += each ? 1 : 0;
    }
    assertTrue(count > bytes.length * 95 / 100, count + " of " + bytes.length + " bytes");
    assertTrue(shorter > 100, shorter + " truncated");
  }
}
