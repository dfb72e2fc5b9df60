package io.github.bpf4j.testing;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** What this process does for programs to see. */
public final class Deeds {
  private static final MethodHandle GETPGID = getpgid();

  private Deeds() {}

  /** Calls {@code getpgid(2)} through the C library, as nothing else in a JVM does. */
  public static int callGetpgid() {
    try {
      return (int) GETPGID.invokeExact(0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Makes a thread and waits for its end. */
  public static void startThread() throws InterruptedException {
    Thread thread = Thread.ofPlatform().start(() -> {});
    thread.join();
  }

  @SuppressWarnings("restricted") // int getpgid(int)
  private static MethodHandle getpgid() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("getpgid"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }
}
