package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.CgroupAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.SecondOwner;
import io.github.bpf4j.testing.TestCgroup;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfAttachType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody else's program on a cgroup: {@code bpftool} or another process put it there. It is never
 * removed, never replaced without the word, and always named.
 */
@KernelTest
final class TramplingCgroupsTest {
  private static final BpfAttachType EGRESS = BpfAttachType.CGROUP_INET_EGRESS;
  private static final int NEVER_AN_ID = Integer.MAX_VALUE;

  private TestCgroup cgroup;
  private BpfObject theirs;
  private BpfObject ours;
  private BpfProgram program;
  private CgroupAttachPoint point;

  @BeforeEach
  void load() {
    cgroup = new TestCgroup();
    theirs = TestObjects.load("cgroup");
    ours = TestObjects.load("cgroup");
    program = ours.program("egress_too");
    point = CgroupAttachPoint.of(cgroup.folder());
  }

  @AfterEach
  void remove() {
    ours.close();
    theirs.close();
    cgroup.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "override"})
  void aProgramThatToleratesNobodyBesideItIsNamedAndStays(String flag) {
    int id = bpftoolAttaches(cgroup, flag);
    for (CgroupAttachPoint attempt :
        List.of(
            point,
            point.withoutLink(),
            point.exclusive(),
            point.overridable(),
            point.exclusive().replacing(NEVER_AN_ID),
            point.overridable().replacing(NEVER_AN_ID))) {
      assertNamed(attempt, id);
      assertEquals(List.of(id), ids());
    }
  }

  @Test
  void aProgramThatSharesKeepsItsPlace() {
    int id = bpftoolAttaches(cgroup, "multi");
    for (CgroupAttachPoint attempt : List.of(point, point.withoutLink())) {
      try (BpfLink link = program.attach(attempt)) {
        assertEquals(id, ids().getFirst());
        assertEquals(2, ids().size());
        link.update(ours.program("egress"));
        assertEquals(id, ids().getFirst());
      }
      assertEquals(List.of(id), ids());
    }
    assertNamed(point.exclusive(), id);
    assertNamed(point.overridable(), id);
    assertNamed(point.withoutLink().replacing(NEVER_AN_ID), id);
    assertEquals(List.of(id), ids());
  }

  @Test
  void anExclusiveProgramOfACgroupAboveIsNamed() {
    int id = bpftoolAttaches(cgroup, "");
    try (TestCgroup below = cgroup.child()) {
      CgroupAttachPoint there = CgroupAttachPoint.of(below.folder());
      for (CgroupAttachPoint attempt :
          List.of(there, there.withoutLink(), there.exclusive(), there.overridable())) {
        String refused = assertNamed(attempt, id);
        assertTrue(refused.contains("cgroup " + cgroup.folder() + " above it"), refused);
      }
      assertEquals(List.of(id), ids());
    }
  }

  @Test
  void whatTookOurPlaceStays() {
    int id;
    try (BpfLink link = program.attach(point.overridable())) {
      AttachedProgram stale = Cgroup.query(cgroup.folder(), EGRESS).programs().getFirst();
      id = bpftoolAttaches(cgroup, "override");
      assertEquals(List.of(id), ids());
      assertFalse(link.isAttached());
      assertThrows(BpfException.class, () -> link.update(ours.program("egress")));
      assertFalse(link.detach());
      assertFalse(Cgroup.detach(cgroup.folder(), EGRESS, stale), "it is not what was found");
    }
    assertEquals(List.of(id), ids());
  }

  @Test
  void aLinkOfAnotherProcessKeepsItsPlace() {
    try (SecondOwner owner = SecondOwner.cgroup(cgroup.folder())) {
      int id = owner.programId();
      assertNamed(point.exclusive(), id);
      assertNamed(point.withoutLink().replacing(id), id);
      AttachedProgram found = Cgroup.query(cgroup.folder(), EGRESS).programs().getFirst();
      assertTrue(found.linkId().isPresent());
      BpfException refused =
          assertThrows(BpfException.class, () -> Cgroup.detach(cgroup.folder(), EGRESS, found));
      assertTrue(refused.sentence().contains("a bpf_link holds it"), refused::sentence);
      try (BpfLink _ = program.attach(point)) {
        assertEquals(id, ids().getFirst());
      }
      assertEquals(List.of(id), ids());
    }
  }

  private int bpftoolAttaches(TestCgroup where, String flag) {
    int id = theirs.program("egress").info().id();
    String command = "bpftool cgroup attach " + where.folder() + " egress id " + id + " " + flag;
    Commands.run(command.strip().split(" ", -1));
    return id;
  }

  private List<Integer> ids() {
    return Cgroup.query(cgroup.folder(), EGRESS).programs().stream()
        .map(AttachedProgram::id)
        .toList();
  }

  private String assertNamed(CgroupAttachPoint attempt, int id) {
    String refused = assertThrows(BpfException.class, () -> program.attach(attempt)).sentence();
    assertTrue(refused.contains("program " + id), refused);
    return refused;
  }
}
