package io.github.bpf4j.system;

import io.github.bpf4j.libbpf.BootClock;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelIds;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.Libbpf;
import io.github.bpf4j.libbpf.LinkInfos;
import io.github.bpf4j.uapi.BtfInfo;
import io.github.bpf4j.uapi.LinkInfo;
import io.github.bpf4j.uapi.MapInfo;
import io.github.bpf4j.uapi.ProgramInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The programs, maps, links and BTF objects that the kernel holds, whoever loaded them.
 *
 * <p>Lists are in the order of the ids, which is the order in which things were made. What vanishes
 * while a list is made is left out of it.
 *
 * <p>All that look take CAP_SYS_ADMIN, and throw a {@link
 * io.github.bpf4j.error.BpfPermissionException} without it. Thread safety: all methods may be
 * called from any thread.
 */
public final class BpfSystem {
  private BpfSystem() {}

  /** All programs. */
  public static List<ProgramInfo> programs() {
    return all(KernelIds.programs(), BpfSystem::program);
  }

  /** A program; empty when there is none of that id. */
  public static Optional<ProgramInfo> program(int id) {
    return info(KernelObjects.openProgram(id), KernelObjects::programInfo);
  }

  /**
   * The whole name of a program: the kernel keeps 15 characters of it, and its BTF, where it has
   * any, keeps all of them.
   */
  public static String fullName(ProgramInfo program) {
    return ProgramNames.full(program);
  }

  /** All maps. */
  public static List<MapInfo> maps() {
    return all(KernelIds.maps(), BpfSystem::map);
  }

  /** A map; empty when there is none of that id. */
  public static Optional<MapInfo> map(int id) {
    return info(KernelObjects.openMap(id), KernelObjects::mapInfo);
  }

  /** All links (kernel 5.8). */
  public static List<LinkInfo> links() {
    return all(KernelIds.links(), BpfSystem::link);
  }

  /** A link; empty when there is none of that id. */
  public static Optional<LinkInfo> link(int id) {
    return LinkInfos.ofId(id);
  }

  /**
   * Takes the program of a link off its hook, whoever holds the link (kernel 5.9).
   *
   * @return false when it was off already, or there is no such link
   * @throws io.github.bpf4j.error.BpfUnsupportedException for kinds of link that end only when
   *     nobody holds them any more: probes, tracepoints, tracing, iterators
   */
  public static boolean detachLink(int id) {
    return LinkInfos.detach(id);
  }

  /** All BTF objects: the kernel's, its modules', and those of programs and maps. */
  public static List<BtfInfo> btfObjects() {
    return all(KernelIds.btfObjects(), BpfSystem::btfObject);
  }

  /** A BTF object; empty when there is none of that id. */
  public static Optional<BtfInfo> btfObject(int id) {
    return info(KernelObjects.openBtf(id), KernelObjects::btfInfo);
  }

  /**
   * Has the kernel count the runs of all programs until the result is closed (kernel 5.8).
   *
   * @see ProgramInfo#runCount
   */
  public static RunStatistics enableRunStatistics() {
    return new RunStatistics(KernelObjects.enableRunStatistics());
  }

  /**
   * When this machine was booted, by the wall clock as it is set now: {@code
   * bootTime().plus(program.loadedAfterBoot())} is when a program was loaded. Takes no capability.
   */
  public static Instant bootTime() {
    return BootClock.zero();
  }

  /**
   * The libbpf that is in use, such as {@code "1.1"}. Takes no capability.
   *
   * @throws io.github.bpf4j.error.BpfException when there is none, with the package to install
   */
  public static String libbpfVersion() {
    return Libbpf.version();
  }

  private static <T> List<T> all(List<Integer> ids, IntFunction<Optional<T>> find) {
    return ids.stream().flatMap(id -> find.apply(id).stream()).toList();
  }

  private static <T> Optional<T> info(Optional<Fd> opened, IntFunction<T> describe) {
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Fd fd = opened.get()) {
      return Optional.of(describe.apply(fd.number()));
    }
  }
}
