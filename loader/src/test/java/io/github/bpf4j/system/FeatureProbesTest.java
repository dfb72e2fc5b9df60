package io.github.bpf4j.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.system.Support.Answer;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.uapi.BpfHelper;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the running kernel can do, against what bpftool finds out and against its version. */
@KernelTest
final class FeatureProbesTest {
  private static final String RELEASE = System.getProperty("os.version");

  @Test
  void whatBpftoolFindsIsThere() {
    String found = Found.ALL;
    Set<String> types = available(found, "program_type");
    Set<String> maps = available(found, "map_type");
    assertTrue(types.contains("xdp") && maps.contains("hash"), found);
    for (BpfProgramType type : BpfProgramType.values()) {
      if (types.contains(type.name().toLowerCase(Locale.ROOT))) {
        assertEquals(Support.YES, FeatureProbes.programType(type), type::toString);
      }
    }
    for (BpfMapType type : BpfMapType.values()) {
      if (maps.contains(type.name().toLowerCase(Locale.ROOT))) {
        assertEquals(Support.YES, FeatureProbes.mapType(type), type::toString);
      }
    }
  }

  private static Set<String> available(String found, String kind) {
    return Pattern.compile("eBPF " + kind + " (\\w+) is available")
        .matcher(found)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @EnumSource(
      value = BpfProgramType.class,
      names = {"XDP", "SCHED_CLS", "CGROUP_SKB", "KPROBE", "SK_MSG", "RAW_TRACEPOINT"})
  void helpersAreThoseThatBpftoolFinds(BpfProgramType type) {
    String found = Found.ALL;
    String section = "eBPF helpers supported for program type " + name(type) + ":";
    String list = found.substring(found.indexOf(section) + section.length());
    Set<String> theirs =
        list.lines()
            .skip(1)
            .takeWhile(line -> line.startsWith("\t- "))
            .map(line -> line.substring("\t- ".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> ours =
        FeatureProbes.helpers(type).stream()
            .map(BpfHelper::functionName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertFalse(ours.isEmpty());
    // An older bpftool takes for available what the kernel refuses in words that it does not know.
    ours.removeAll(theirs);
    ours.retainAll(helpersOfBpftool());
    assertEquals(Set.of(), ours);
  }

  /** What bpftool finds by loading thousands of programs, once for all tests. */
  private static final class Found {
    static final String ALL = Commands.run("bpftool", "feature", "probe", "kernel", "full");
  }

  private static List<String> helpersOfBpftool() {
    return Commands.run("bpftool", "feature", "list_builtins", "helpers").lines().toList();
  }

  private static String name(BpfProgramType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void helpersOfOneTypeAreNotThoseOfAnother() {
    assertTrue(FeatureProbes.helper(BpfProgramType.XDP, BpfHelper.XDP_ADJUST_HEAD).isThere());
    assertTrue(FeatureProbes.helper(BpfProgramType.SCHED_CLS, BpfHelper.SKB_STORE_BYTES).isThere());
    assertTrue(FeatureProbes.helper(BpfProgramType.KPROBE, BpfHelper.PROBE_READ_USER).isThere());
    for (BpfProgramType type : List.of(BpfProgramType.XDP, BpfProgramType.KPROBE)) {
      assertEquals(
          Answer.NO, FeatureProbes.helper(type, BpfHelper.SKB_STORE_BYTES).answer(), type::name);
    }
    assertEquals(
        Answer.NO,
        FeatureProbes.helper(BpfProgramType.SCHED_CLS, BpfHelper.XDP_ADJUST_HEAD).answer());
  }

  @Test
  void namesOfHelpersAreThoseOfTheKernel() {
    List<String> names = helpersOfBpftool();
    List<String> ours = Arrays.stream(BpfHelper.values()).map(BpfHelper::functionName).toList();
    int common = Math.min(names.size(), ours.size());
    assertTrue(common > 200, names::toString);
    assertEquals(names.subList(0, common), ours.subList(0, common));
    assertSame(BpfHelper.XDP_ADJUST_HEAD, BpfHelper.of(44));
    assertSame(BpfHelper.UNSPEC, BpfHelper.of(10_000));
  }

  @ParameterizedTest
  @EnumSource(BpfFeature.class)
  void aFeatureIsThereWhereTheKernelIsNewEnough(BpfFeature feature) {
    Support support = FeatureProbes.feature(feature);
    boolean newEnough = number(RELEASE) >= number(feature.kernel());
    if (support.answer() == Answer.NO && newEnough) {
      assertTrue(isOptional(feature), feature + ": " + support);
    }
    if (support.isThere() && !newEnough) {
      throw new AssertionError(feature + " on " + RELEASE);
    }
    assertEquals(support, FeatureProbes.feature(feature), "asked again");
  }

  /** What a kernel may be built without; tests that need it say with what. */
  private static boolean isOptional(BpfFeature feature) {
    return switch (feature) {
      case KPROBE_MULTI, KPROBE_SESSION, UPROBE_MULTI, NETKIT, TCX, TRAMPOLINES, KERNEL_BTF -> true;
      default -> false;
    };
  }

  private static int number(String version) {
    MatchResult parts =
        Pattern.compile("^(\\d+)\\.(\\d+)").matcher(version).results().findFirst().orElseThrow();
    return Integer.parseInt(parts.group(1)) * 1000 + Integer.parseInt(parts.group(2));
  }

  @Test
  void whatIsNoTypeIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> FeatureProbes.programType(BpfProgramType.UNKNOWN));
    assertThrows(IllegalArgumentException.class, () -> FeatureProbes.mapType(BpfMapType.UNSPEC));
    assertThrows(
        IllegalArgumentException.class,
        () -> FeatureProbes.helper(BpfProgramType.XDP, BpfHelper.UNSPEC));
  }

  /** Asks without a capability, and then says what it heard. */
  static final class Child {
    public static void main(String[] args) {
      System.out.print(FeatureProbes.programType(BpfProgramType.XDP));
      System.out.print("; " + FeatureProbes.mapType(BpfMapType.HASH).answer());
      System.out.print("; " + FeatureProbes.feature(BpfFeature.LARGE_PROGRAMS).answer());
    }
  }

  @Test
  void withoutCapabilitiesNothingIsClaimed() {
    ChildJvm.Result child = ChildJvm.without("bpf sys_admin net_admin", Child.class);
    assertEquals(
        "unknown: Operation not permitted (EPERM, 1); UNKNOWN; UNKNOWN",
        child.output(),
        child.errors());
  }

  @Test
  void answersRead() {
    assertEquals("yes", Support.YES.toString());
    assertEquals("no: too old", Support.no("too old").toString());
    assertNotEquals(Support.no("too old"), Support.unknown("too old"));
  }
}
