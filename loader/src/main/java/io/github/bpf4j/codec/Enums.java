package io.github.bpf4j.codec;

import io.github.bpf4j.ctype.CEnum;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A C enum as a Java one, constant by constant, by name. */
@SuppressWarnings("EnumOrdinal") // an index that lives no longer than the process
final class Enums {
  private final Class<?> type;
  private final String c;

  /** Ascending, with the constant for each beside it. */
  private final long[] numbers;

  private final Object[] constants;

  /** By ordinal. */
  private final long[] numberOf;

  private Enums(Class<?> type, String c, long[] numberOf) {
    this.type = type;
    this.c = c;
    this.numberOf = numberOf;
    this.numbers = numberOf.clone();
    Arrays.sort(numbers);
    this.constants = new Object[numberOf.length];
    for (Object constant : type.getEnumConstants()) {
      constants[Arrays.binarySearch(numbers, numberOf[((Enum<?>) constant).ordinal()])] = constant;
    }
  }

  static Access access(IntegerPart part, CEnum c, Class<?> type) throws Mismatch {
    Enums enums = new Enums(type, c.toString(), numbers(c, type));
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      MethodHandle from =
          lookup.bind(enums, "constant", MethodType.methodType(Object.class, long.class));
      MethodHandle to = lookup.bind(enums, "number", MethodType.methodType(long.class, Enum.class));
      return Scalars.converted(
          part,
          type,
          from.asType(from.type().changeReturnType(type)),
          to.asType(to.type().changeParameterType(0, type)));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(c.toString(), e);
    }
  }

  private static long[] numbers(CEnum c, Class<?> type) throws Mismatch {
    Object[] constants = type.getEnumConstants();
    long[] numbers = new long[constants.length];
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < constants.length; i++) {
      String name = cName(type, (Enum<?>) constants[i]);
      CEnum.Constant found =
          c.constants().stream().filter(of -> of.name().equals(name)).findFirst().orElse(null);
      if (found == null) {
        unknown.add(name);
      } else {
        numbers[i] = found.value();
      }
    }
    if (!unknown.isEmpty()) {
      throw new Mismatch(
          c
              + " has no "
              + String.join(", ", unknown)
              + ", but "
              + names(c)
              + " (@CName says which)");
    }
    if (Arrays.stream(numbers).distinct().count() < numbers.length) {
      throw new Mismatch("two constants of " + type.getSimpleName() + " have one number");
    }
    return numbers;
  }

  private static String names(CEnum c) {
    return String.join(", ", c.constants().stream().map(CEnum.Constant::name).toList());
  }

  private static String cName(Class<?> type, Enum<?> constant) {
    try {
      CName name = type.getField(constant.name()).getAnnotation(CName.class);
      return name == null ? constant.name() : name.value();
    } catch (NoSuchFieldException e) {
      throw new LinkageError(constant.name(), e);
    }
  }

  Object constant(long number) {
    int index = Arrays.binarySearch(numbers, number);
    if (index < 0) {
      throw new IllegalArgumentException(
          c + " holds " + number + ", for which " + type.getSimpleName() + " has no constant");
    }
    return constants[index];
  }

  long number(Enum<?> constant) {
    return numberOf[constant.ordinal()];
  }
}
