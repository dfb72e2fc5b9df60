package io.github.bpf4j.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.BpfStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The enums against the constants that jextract found in {@code linux/bpf.h}. */
final class UapiEnumsTest {
  @Test
  void mapTypesAreThoseOfTheKernel() throws ReflectiveOperationException {
    Map<String, Integer> kernel = constants("BPF_MAP_TYPE_");
    // Second names for numbers that have one.
    kernel.keySet().removeIf(name -> name.endsWith("_DEPRECATED"));
    assertEquals(kernel, numbers(BpfMapType.values(), BpfMapType::number));
  }

  @Test
  void programTypesAreThoseOfTheKernel() throws ReflectiveOperationException {
    assertEquals(
        constants("BPF_PROG_TYPE_"), numbers(BpfProgramType.values(), BpfProgramType::number));
  }

  @Test
  void numbersHaveNoGaps() {
    assertGapless(numbers(BpfMapType.values(), BpfMapType::number));
    assertGapless(numbers(BpfProgramType.values(), BpfProgramType::number));
  }

  private static void assertGapless(Map<String, Integer> numbers) {
    assertEquals(
        IntStream.range(0, numbers.size()).boxed().toList(),
        numbers.values().stream().sorted().toList());
  }

  @Test
  void numbersLeadBackToTheirConstants() {
    for (BpfMapType type : BpfMapType.values()) {
      assertSame(type, BpfMapType.of(type.number()));
    }
    for (BpfProgramType type : BpfProgramType.values()) {
      assertSame(type, BpfProgramType.of(type.number()));
    }
  }

  @Test
  void whatANewerKernelReportsIsUnknown() {
    for (int number : new int[] {-1, 1000, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertSame(BpfMapType.UNKNOWN, BpfMapType.of(number));
      assertSame(BpfProgramType.UNKNOWN, BpfProgramType.of(number));
    }
    assertSame(BpfMapType.UNKNOWN, BpfMapType.of(BpfMapType.values().length - 1));
    assertSame(BpfProgramType.UNKNOWN, BpfProgramType.of(BpfProgramType.values().length - 1));
  }

  @Test
  void streamsAreThoseOfTheKernel() throws ReflectiveOperationException {
    assertEquals(constants("BPF_STREAM_"), numbers(BpfStream.values(), BpfStream::number));
  }

  @Test
  void xdpModesAreTheKernelsFlags() {
    assertEquals(uapi_h.XDP_FLAGS_SKB_MODE(), XdpMode.SKB.flag());
    assertEquals(uapi_h.XDP_FLAGS_DRV_MODE(), XdpMode.NATIVE.flag());
    assertEquals(uapi_h.XDP_FLAGS_HW_MODE(), XdpMode.HW.flag());
    int all = Arrays.stream(XdpMode.values()).mapToInt(XdpMode::flag).reduce(0, (a, b) -> a | b);
    assertEquals(uapi_h.XDP_FLAGS_MODES(), all);
    assertEquals("native", XdpMode.NATIVE.toString());
  }

  private static Map<String, Integer> constants(String prefix) throws ReflectiveOperationException {
    Map<String, Integer> found = new TreeMap<>();
    for (Method constant : uapi_h.class.getMethods()) {
      if (constant.getName().startsWith(prefix)) {
        found.put(constant.getName().substring(prefix.length()), (int) constant.invoke(null));
      }
    }
    return found;
  }

  private static <T extends Enum<T>> Map<String, Integer> numbers(
      T[] constants, ToIntFunction<T> number) {
    Map<String, Integer> numbers = new TreeMap<>();
    for (T constant : constants) {
      numbers.put(constant.name(), number.applyAsInt(constant));
    }
    numbers.remove("UNKNOWN");
    return numbers;
  }
}
