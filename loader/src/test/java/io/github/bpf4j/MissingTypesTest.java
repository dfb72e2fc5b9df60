package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.system.FeatureProbes;
import io.github.bpf4j.system.Support.Answer;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One object for kernels of every age: what a kernel lacks is named, and can be left out. */
@KernelTest
final class MissingTypesTest {
  @ParameterizedTest
  @EnumSource(
      value = BpfMapType.class,
      names = {"UNSPEC", "UNKNOWN"},
      mode = EnumSource.Mode.EXCLUDE)
  void onlyATypeThatIsMissingIsSaidToBe(BpfMapType type) {
    boolean missing = FeatureProbes.mapType(type).answer() == Answer.NO;
    String said = "";
    // Sizes that few types take: the kernel refuses the others too, for another reason.
    try (OwnedBpfMap _ = BpfMap.create(MapSpec.of(type, 3, 5, 1))) {
      assertFalse(missing);
    } catch (BpfException e) {
      said = e.sentence();
      assertEquals(missing, e instanceof BpfUnsupportedException, said);
    }
    assertEquals(missing, said.contains("this kernel has no maps of type " + type), said);
  }

  @Test
  void aMapThatTheKernelDoesNotKnowIsNamed() {
    OpenBpfObject open = TestObjects.open("task_maps");
    if (KernelFeature.CGRP_STORAGE.isThere()) {
      open.load().close();
    } else {
      open.map("of_task").autocreate(false);
      open.program("count_for_task").autoload(false);
      BpfUnsupportedException refused = assertThrows(BpfUnsupportedException.class, open::load);
      assertTrue(
          refused
              .sentence()
              .contains("this kernel has no maps of type CGRP_STORAGE, such as map of_cgroup"),
          refused::toString);
    }
  }

  @Test
  void aMapThatIsLeftOutIsNotThere() {
    OpenBpfObject open = TestObjects.open("task_maps");
    for (String name : new String[] {"task", "cgroup"}) {
      assertTrue(open.map("of_" + name).autocreate());
      open.map("of_" + name).autocreate(false);
      assertFalse(open.map("of_" + name).autocreate());
      open.program("count_for_" + name).autoload(false);
    }
    try (BpfObject object = open.load()) {
      assertTrue(object.program("kernel_stack").info().id() > 0);
      BpfException refused = assertThrows(BpfException.class, () -> object.map("of_task"));
      assertTrue(refused.sentence().contains("of_task"), refused::toString);
    }
  }

  @Test
  void aProgramThatNeedsAMapThatIsLeftOutIsRefused() {
    OpenBpfObject open = TestObjects.open("task_maps");
    open.map("of_task").autocreate(false);
    open.map("of_cgroup").autocreate(false);
    open.program("count_for_cgroup").autoload(false);
    BpfException refused = assertThrows(BpfException.class, open::load);
    assertTrue(refused.sentence().contains("program count_for_task"), refused::toString);
  }
}
