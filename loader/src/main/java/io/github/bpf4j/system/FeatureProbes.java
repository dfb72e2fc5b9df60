package io.github.bpf4j.system;

import io.github.bpf4j.uapi.BpfHelper;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Asks the running kernel what it can do, by doing the least of it: loads a program of two
 * instructions, makes a map of one entry, and looks at what the kernel says. Nothing stays.
 *
 * <pre>{@code
 * if (FeatureProbes.mapType(BpfMapType.RINGBUF).isThere()) { … }
 * FeatureProbes.helper(BpfProgramType.XDP, BpfHelper.FIB_LOOKUP)     // yes | no: … | unknown: …
 * FeatureProbes.feature(BpfFeature.TCX)
 * }</pre>
 *
 * <p>A yes or no is asked for once in a process and kept. What the kernel would not say, because
 * this thread may not load such a program, is {@code UNKNOWN} and asked for again. Takes CAP_BPF,
 * and for most types CAP_NET_ADMIN or CAP_PERFMON too ({@link
 * io.github.bpf4j.uapi.Capability#neededBy}); never throws for lack of them.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class FeatureProbes {
  private static final Map<Object, Support> KNOWN = new ConcurrentHashMap<>();

  private record Call(BpfProgramType caller, BpfHelper helper) {}

  private FeatureProbes() {}

  /**
   * Whether programs of a type can be loaded.
   *
   * @throws IllegalArgumentException for {@code UNSPEC} and {@code UNKNOWN}
   */
  public static Support programType(BpfProgramType type) {
    requireKnown(type != BpfProgramType.UNSPEC && type != BpfProgramType.UNKNOWN, type);
    return ask(type, () -> TypeProbes.program(type));
  }

  /**
   * Whether maps of a type can be made.
   *
   * @throws IllegalArgumentException for {@code UNSPEC} and {@code UNKNOWN}
   */
  public static Support mapType(BpfMapType type) {
    requireKnown(type != BpfMapType.UNSPEC && type != BpfMapType.UNKNOWN, type);
    return ask(type, () -> TypeProbes.map(type));
  }

  /**
   * Whether programs of a type may call a helper. Where a type has several hooks, such as {@code
   * TRACING}, one of them is asked about; others may allow more.
   *
   * @throws IllegalArgumentException for {@code UNSPEC} and {@code UNKNOWN}
   */
  public static Support helper(BpfProgramType caller, BpfHelper helper) {
    requireKnown(helper != BpfHelper.UNSPEC, helper);
    Support type = programType(caller);
    return type.isThere()
        ? ask(new Call(caller, helper), () -> TypeProbes.helper(caller, helper))
        : type;
  }

  /** All helpers that programs of a type may call; none when the type is not there, or unknown. */
  public static Set<BpfHelper> helpers(BpfProgramType caller) {
    Set<BpfHelper> helpers = EnumSet.noneOf(BpfHelper.class);
    if (programType(caller).isThere()) {
      Arrays.stream(BpfHelper.values())
          .filter(helper -> helper != BpfHelper.UNSPEC && helper(caller, helper).isThere())
          .forEach(helpers::add);
    }
    return helpers;
  }

  /** Whether the kernel can do something. */
  public static Support feature(BpfFeature feature) {
    return ask(feature, () -> KernelProbes.probe(feature));
  }

  private static Support ask(Object question, Supplier<Support> probe) {
    Support known = KNOWN.get(question);
    if (known != null) {
      return known;
    }
    Support answer = probe.get();
    if (answer.answer() != Support.Answer.UNKNOWN) {
      KNOWN.put(question, answer);
    }
    return answer;
  }

  private static void requireKnown(boolean known, Enum<?> what) {
    if (!known) {
      throw new IllegalArgumentException("there is nothing to ask about " + what);
    }
  }
}
