package io.github.bpf4j.codec;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Puts a record together out of the accesses to its components. */
final class RecordAccess {
  /** What a method handle may take at most, less what combining adds. */
  private static final int MOST_COMPONENTS = 120;

  private static final MethodHandle FILL =
      Access.method(
          RecordAccess.class,
          "fill",
          void.class,
          long.class,
          long.class,
          MemorySegment.class,
          long.class);

  private RecordAccess() {}

  /**
   * Reads by the canonical constructor, writes by the accessors.
   *
   * @param at where the struct starts
   * @param fills whether its bytes have to be zeroed before the components are written
   */
  static Access of(
      Class<? extends Record> type, List<Access> components, long at, long size, boolean fills)
      throws Mismatch {
    if (components.size() > MOST_COMPONENTS) {
      throw new Mismatch("more than " + MOST_COMPONENTS + " components: nest some of them");
    }
    MethodHandles.Lookup lookup = lookup(type);
    return new Access(
        reader(type, components, lookup), writer(type, components, at, size, fills, lookup), true);
  }

  private static MethodHandles.Lookup lookup(Class<?> type) throws Mismatch {
    try {
      Module own = RecordAccess.class.getModule();
      own.addReads(type.getModule());
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      throw new Mismatch(
          "module "
              + type.getModule().getName()
              + " does not open package "
              + type.getPackageName()
              + " to io.github.bpf4j.loader");
    }
  }

  private static MethodHandle reader(
      Class<?> type, List<Access> components, MethodHandles.Lookup lookup) {
    MethodHandle reader;
    try {
      Class<?>[] parameters =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      reader = lookup.findConstructor(type, MethodType.methodType(void.class, parameters));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record has its canonical constructor: " + type, e);
    }
    // Each component's place is taken by segment and start, which are then one and the same.
    for (int i = components.size() - 1; i >= 0; i--) {
      reader = MethodHandles.collectArguments(reader, i, components.get(i).read());
    }
    int[] order = new int[2 * components.size()];
    Arrays.setAll(order, i -> i % 2);
    return MethodHandles.permuteArguments(
        reader, MethodType.methodType(type, MemorySegment.class, long.class), order);
  }

  private static MethodHandle writer(
      Class<?> type,
      List<Access> components,
      long at,
      long size,
      boolean fills,
      MethodHandles.Lookup lookup) {
    MethodType shape = MethodType.methodType(void.class, MemorySegment.class, long.class, type);
    MethodHandle writer = MethodHandles.empty(shape);
    RecordComponent[] all = type.getRecordComponents();
    for (int i = all.length - 1; i >= 0; i--) {
      try {
        MethodHandle accessor = lookup.unreflect(all[i].getAccessor());
        MethodHandle one = MethodHandles.filterArguments(components.get(i).write(), 2, accessor);
        writer = MethodHandles.foldArguments(writer, one);
      } catch (IllegalAccessException e) {
        throw new LinkageError("a private lookup sees accessors: " + all[i], e);
      }
    }
    return fills
        ? MethodHandles.foldArguments(writer, MethodHandles.insertArguments(FILL, 0, at, size))
        : writer;
  }

  static void fill(long at, long size, MemorySegment segment, long start) {
    segment.asSlice(start + at, size).fill((byte) 0);
  }
}
