package io.github.bpf4j.testing;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The C library by the names of its functions, for what tests need and bpf4j does not. */
final class NativeCalls {
  private NativeCalls() {}

  /** Calls a function that must not fail. */
  static int call(String function, Object... arguments) {
    int result = invoke(function, arguments);
    if (result < 0) {
      throw new AssertionError(function + " failed");
    }
    return result;
  }

  /** Calls a function of ints, longs and addresses that returns an int. */
  @SuppressWarnings("restricted")
  static int invoke(String function, Object... arguments) {
    FunctionDescriptor descriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT);
    for (Object argument : arguments) {
      descriptor =
          descriptor.appendArgumentLayouts(
              switch (argument) {
                case Integer _ -> ValueLayout.JAVA_INT;
                case Long _ -> ValueLayout.JAVA_LONG;
                default -> ValueLayout.ADDRESS;
              });
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle handle =
        linker.downcallHandle(linker.defaultLookup().findOrThrow(function), descriptor);
    try {
      return (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
