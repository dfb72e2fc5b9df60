package io.github.bpf4j.fuzz;

import io.github.bpf4j.elf.ElfObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes malformed objects from a good one. The same seed and number give the same object, so that a
 * number is all that it takes to see a failure again.
 *
 * <p>One to three changes each. Most of them know what they change, because bytes flipped at random
 * are refused early and never reach the code that matters.
 */
final class Mutator {
  /** A change to an object, which may make it shorter. */
  interface Mutation {
    byte[] apply(byte[] object, SplittableRandom random);
  }

  private static final int MOST_CHANGES = 3;

  private final byte[] seed;
  private final List<Mutation> mutations = new ArrayList<>();

  Mutator(byte[] seed) {
    this.seed = seed;
    ElfObject object = ElfObject.parse(seed, "seed");
    mutations.add(Mutator::flipBytes);
    mutations.add(Mutator::flipBit);
    mutations.add(Mutator::truncate);
    mutations.add(Mutator::overwriteWord);
    mutations.addAll(new ElfMutations(object).all());
    mutations.addAll(new BtfMutations(object).all());
  }

  /** The object of a number. */
  byte[] mutate(long number) {
    SplittableRandom random = new SplittableRandom(number);
    byte[] object = seed.clone();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      object = mutations.get(random.nextInt(mutations.size())).apply(object, random);
    }
    return object;
  }

  private static byte[] flipBytes(byte[] object, SplittableRandom random) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      object[random.nextInt(object.length)] = (byte) random.nextInt();
    }
    return object;
  }

  private static byte[] flipBit(byte[] object, SplittableRandom random) {
    object[random.nextInt(object.length)] ^= (byte) (1 << random.nextInt(8));
    return object;
  }

  private static byte[] truncate(byte[] object, SplittableRandom random) {
    return Arrays.copyOf(object, object.length - random.nextInt(object.length / 4 + 1));
  }

  private static byte[] overwriteWord(byte[] object, SplittableRandom random) {
    int at = random.nextInt(object.length - Long.BYTES) & ~3;
    ByteBuffer.wrap(object).order(ByteOrder.nativeOrder()).putInt(at, number(random));
    return object;
  }

  /** A number that programs like to trip over. */
  static int number(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> Integer.MAX_VALUE;
      case 3 -> Integer.MIN_VALUE;
      case 4 -> 1 << random.nextInt(31);
      case 5 -> (1 << random.nextInt(31)) - 1;
      case 6 -> -random.nextInt(1, 17);
      case 7, 8, 9 -> random.nextInt(32);
      case 10 -> 8 * random.nextInt(64);
      default -> random.nextInt();
    };
  }
}
