package io.github.bpf4j.attach;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an iterator walks (kernel 5.8).
 *
 * <pre>{@code
 * IterAttachPoint.all()                            // all tasks, all maps, all TCP sockets …
 * IterAttachPoint.overMap(map.fd())                // "iter/bpf_map_elem"
 * IterAttachPoint.ofProcess(311)                   // "iter/task", "iter/task_file", "iter/task_vma"
 * IterAttachPoint.ofCgroup(path, CgroupOrder.DESCENDANTS_PRE)   // "iter/cgroup"
 * }</pre>
 *
 * <p>Programs are of type {@code TRACING}, section {@code "iter/TARGET"}. Needs CAP_BPF and
 * CAP_PERFMON. Attaching runs nothing: each reader that {@code BpfIterator} opens walks anew. A
 * {@code bpf_link} holds it; pinned, it is a file that anyone may read whom its mode lets.
 *
 * <p>Immutable.
 */
public final class IterAttachPoint implements AttachPoint {
  /** In which order cgroups are walked: {@code enum bpf_cgroup_iter_order}. */
  public enum CgroupOrder {
    /** The cgroup alone. */
    SELF_ONLY(1),
    /** The cgroup and all below it, parents first. */
    DESCENDANTS_PRE(2),
    /** The cgroup and all below it, parents last. */
    DESCENDANTS_POST(3),
    /** The cgroup and all above it. */
    ANCESTORS_UP(4);

    private final int number;

    CgroupOrder(int number) {
      this.number = number;
    }

    /** The kernel's number. */
    public int number() {
      return number;
    }
  }

  private final int mapFd;
  private final int threadId;
  private final int processId;
  private final Optional<Path> cgroup;
  private final CgroupOrder order;

  private IterAttachPoint(
      int mapFd, int threadId, int processId, Optional<Path> cgroup, CgroupOrder order) {
    this.mapFd = mapFd;
    this.threadId = threadId;
    this.processId = processId;
    this.cgroup = cgroup;
    this.order = order;
  }

  private static IterAttachPoint of(int mapFd, int threadId, int processId) {
    return new IterAttachPoint(mapFd, threadId, processId, Optional.empty(), CgroupOrder.SELF_ONLY);
  }

  /** All that there is. */
  public static IterAttachPoint all() {
    return of(0, 0, 0);
  }

  /**
   * The entries of a map.
   *
   * @param mapFd the map's descriptor, such as {@code BpfMap.fd()}; needed until it is attached
   */
  public static IterAttachPoint overMap(int mapFd) {
    return of(mapFd, 0, 0);
  }

  /** One thread (kernel 6.1). */
  public static IterAttachPoint ofThread(int threadId) {
    return of(0, threadId, 0);
  }

  /** All threads of a process (kernel 6.1). */
  public static IterAttachPoint ofProcess(int processId) {
    return of(0, 0, processId);
  }

  /** Cgroups from one of them on (kernel 6.1). */
  public static IterAttachPoint ofCgroup(Path path, CgroupOrder order) {
    return new IterAttachPoint(0, 0, 0, Optional.of(path), order);
  }

  /** The map's descriptor, 0 for none. */
  public int mapFd() {
    return mapFd;
  }

  /** The only thread, 0 for all. */
  public int threadId() {
    return threadId;
  }

  /** The only process, 0 for all. */
  public int processId() {
    return processId;
  }

  /** The cgroup to start at. */
  public Optional<Path> cgroup() {
    return cgroup;
  }

  /** How cgroups are walked. */
  public CgroupOrder order() {
    return order;
  }

  /** Such as {@code "process 311"}. */
  @Override
  public String toString() {
    if (cgroup.isPresent()) {
      return "cgroup " + cgroup.get() + " (" + order + ")";
    }
    return mapFd != 0
        ? "map fd " + mapFd
        : threadId != 0
            ? "thread " + threadId
            : processId != 0 ? "process " + processId : "all that there is";
  }
}
