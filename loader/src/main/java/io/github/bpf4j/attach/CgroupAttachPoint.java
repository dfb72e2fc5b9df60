package io.github.bpf4j.attach;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A cgroup (of version 2): its sockets, packets, devices and settings, and those of all cgroups
 * below it.
 *
 * <pre>{@code
 * CgroupAttachPoint.of(Path.of("/sys/fs/cgroup/web"))                 // beside others, by a link
 * CgroupAttachPoint.of(path).at(Position.first())                     // kernel 6.17
 * CgroupAttachPoint.of(path).withoutLink()                            // stays when the process ends
 * CgroupAttachPoint.of(path).withoutLink().exclusive()                // nothing beside, nothing below
 * CgroupAttachPoint.of(path).replacing(17)
 * }</pre>
 *
 * <p>Which of the cgroup's hooks it is, the program knows since it was loaded: by its section, such
 * as {@code "cgroup_skb/ingress"}, {@code "cgroup/connect4"}, {@code "cgroup/dev"}, {@code
 * "cgroup/sysctl"}, {@code "cgroup/getsockopt"}, {@code "sockops"}, {@code "lsm_cgroup/HOOK"}, or
 * by {@code OpenBpfProgram.attachType}.
 *
 * <table>
 * <caption>Who else may be there</caption>
 * <tr><th></th><th>on the same cgroup</th><th>on cgroups below</th></tr>
 * <tr><td>by a link, or {@link #withoutLink()}</td><td>others of the same kind; all run</td>
 *     <td>others; all run, those below first</td></tr>
 * <tr><td>{@link #overridable()}</td><td>nobody</td><td>one, which then runs instead</td></tr>
 * <tr><td>{@link #exclusive()}</td><td>nobody</td><td>nobody</td></tr>
 * </table>
 *
 * <p>Needs CAP_NET_ADMIN (cgroup/dev and cgroup/sysctl too), and CAP_BPF to load. Removing the
 * cgroup detaches all.
 *
 * <p>Immutable: each method returns another point.
 */
public final class CgroupAttachPoint implements AttachPoint {
  /** How a program that no link holds shares its cgroup. */
  public enum Mode {
    /** With others, here and below: {@code BPF_F_ALLOW_MULTI}. */
    MULTI,
    /** With nobody here, and one below takes its place: {@code BPF_F_ALLOW_OVERRIDE}. */
    OVERRIDABLE,
    /** With nobody here nor below. */
    EXCLUSIVE
  }

  private final Optional<Path> path;
  private final int fd;
  private final Mode mode;
  private final Sharing sharing;

  private CgroupAttachPoint(Optional<Path> path, int fd, Mode mode, Sharing sharing) {
    this.path = path;
    this.fd = fd;
    this.mode = mode;
    this.sharing = sharing;
  }

  /** A cgroup by its folder: after all other programs, held by a {@code bpf_link}. */
  public static CgroupAttachPoint of(Path path) {
    return new CgroupAttachPoint(Optional.of(path), -1, Mode.MULTI, Sharing.DEFAULT);
  }

  /**
   * A cgroup by a descriptor of its folder, which is needed until it is attached.
   *
   * @param fd of a cgroup that this process may see no path of
   */
  public static CgroupAttachPoint ofFd(int fd) {
    return new CgroupAttachPoint(Optional.empty(), fd, Mode.MULTI, Sharing.DEFAULT);
  }

  /** The same at another place among the programs (kernel 6.17). */
  public CgroupAttachPoint at(Position position) {
    return new CgroupAttachPoint(path, fd, mode, sharing.at(position));
  }

  /**
   * The same, failing with ESTALE when the hook's revision, as {@code Cgroup.query} read it, is
   * another by then (kernel 6.17).
   */
  public CgroupAttachPoint expecting(long revision) {
    return new CgroupAttachPoint(path, fd, mode, sharing.expecting(revision));
  }

  /**
   * The same by {@code BPF_PROG_ATTACH}: the program stays when the process ends, until it is
   * detached or the cgroup is removed.
   */
  public CgroupAttachPoint withoutLink() {
    return new CgroupAttachPoint(path, fd, mode, sharing.withoutLink());
  }

  /** The same, without a link, and giving way to a program of a cgroup below. */
  public CgroupAttachPoint overridable() {
    return new CgroupAttachPoint(path, fd, Mode.OVERRIDABLE, sharing.withoutLink());
  }

  /** The same, without a link, and tolerating no other program here nor below. */
  public CgroupAttachPoint exclusive() {
    return new CgroupAttachPoint(path, fd, Mode.EXCLUSIVE, sharing.withoutLink());
  }

  /**
   * The same, without a link, taking the place of one program and no other. That is atomic unless
   * {@link #overridable} or {@link #exclusive}: then the kernel cannot be told which program to
   * expect, and it is looked at right before.
   */
  public CgroupAttachPoint replacing(int programId) {
    return new CgroupAttachPoint(path, fd, mode, sharing.replacing(programId));
  }

  /** The folder; empty when a descriptor says which cgroup it is. */
  public Optional<Path> path() {
    return path;
  }

  /** The descriptor, -1 when there is a path. */
  public int fd() {
    return fd;
  }

  /** How it shares the cgroup when no link holds it. */
  public Mode mode() {
    return mode;
  }

  /** The id of the only program that it takes the place of. */
  public OptionalInt replaced() {
    return sharing.replaced();
  }

  /** Where among other programs, and how it is held. */
  public Sharing sharing() {
    return sharing;
  }

  /** Such as {@code "cgroup /sys/fs/cgroup/web"}. */
  @Override
  public String toString() {
    return "cgroup " + path.map(Path::toString).orElse("fd " + fd);
  }
}
