package io.github.bpf4j;

import io.github.bpf4j.hook.Attached;
import io.github.bpf4j.hook.LinkAttached;
import io.github.bpf4j.libbpf.LinkHandle;
import io.github.bpf4j.uapi.LinkInfo;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program on a hook, put there by this process and owned by whoever attached it.
 *
 * <ul>
 *   <li>{@link #detach} takes the program off the hook now, and says whether it was still on it.
 *   <li>{@link #close} does the same if nobody did before, and never complains that it was too
 *       late.
 *   <li>{@link #leaveAttached} gives up ownership: the program stays, {@code close()} does nothing.
 * </ul>
 *
 * <p>None of them ever removes another owner's program. There is no cleaner behind a link: one that
 * is forgotten stays attached, as nothing is detached silently.
 *
 * <p>How long the program stays on the hook depends on what holds it:
 *
 * <table>
 * <caption>What holds a program</caption>
 * <tr><th></th><th>a {@code bpf_link}</th><th>a pinned {@code bpf_link}</th>
 *     <th>the hook itself (netlink, TC, {@code BPF_PROG_ATTACH})</th></tr>
 * <tr><td>{@code detach()}</td><td>removed</td><td>removed, with the pin</td><td>removed</td></tr>
 * <tr><td>{@code close()}</td><td>removed</td><td>stays</td><td>removed</td></tr>
 * <tr><td>{@code leaveAttached()}</td><td>refused</td><td>stays</td><td>stays</td></tr>
 * <tr><td>process killed</td><td>removed</td><td>stays</td><td>stays</td></tr>
 * <tr><td>{@link #info}, {@link #pin}</td><td>yes</td><td>yes</td><td>no</td></tr>
 * </table>
 *
 * <p>Thread safety: all methods may be called from any thread, also from a shutdown hook; the first
 * one to detach wins.
 */
public final class BpfLink implements AutoCloseable {
  private final Attached attached;
  private @Nullable Path pin;
  private boolean ended;

  BpfLink(Attached attached) {
    this(attached, null);
  }

  private BpfLink(Attached attached, @Nullable Path pin) {
    this.attached = attached;
    this.pin = pin;
  }

  /**
   * Opens a link that is pinned in bpffs, by whichever process.
   *
   * @throws io.github.bpf4j.error.BpfException when nothing is pinned there, or not a link
   */
  public static BpfLink openPinned(Path path) {
    return new BpfLink(LinkAttached.pinned(LinkPins.open(path), path), path);
  }

  /**
   * Whether the program is still on the hook: false when it was replaced or removed by another,
   * when the device is gone, or after {@link #detach} and {@link #close}. Asks the kernel.
   */
  public synchronized boolean isAttached() {
    return !ended && attached.isAttached();
  }

  /**
   * Takes the program off the hook; a pin of the link goes too.
   *
   * @return false when it was off already, by whomever
   * @throws io.github.bpf4j.error.BpfException when the kernel refuses; the link then still owns
   *     the attachment
   */
  public synchronized boolean detach() {
    if (ended) {
      return false;
    }
    int id = pin == null ? 0 : info().id();
    boolean removed = attached.detach();
    end();
    if (pin != null) {
      LinkPins.unpin(id, pin);
    }
    return removed;
  }

  /**
   * Puts another program in the place of this one. No packet or event is missed or seen twice in
   * between, except by TC, which lets the kernel look at its own filter anew.
   *
   * @param next of the same type, and made for the same hook
   * @throws io.github.bpf4j.error.BpfException when somebody else put another program in its place
   *     before; nothing is changed then
   * @throws io.github.bpf4j.error.BpfUnsupportedException for kinds of link that keep their
   *     program: kprobes, uprobes, tracepoints, fentry, LSM, netfilter
   * @throws IllegalStateException when the link has ended
   */
  public synchronized void update(BpfProgram next) {
    requireOpen();
    attached.update(next.handle());
  }

  /**
   * Pins the link in bpffs: the program stays on the hook until the file is removed or {@link
   * #detach} is called, whether or not this process lives. Folders on the way are made.
   *
   * @param path below {@code /sys/fs/bpf}, not taken yet
   * @throws io.github.bpf4j.error.BpfException when the path is taken, or not in bpffs
   * @throws IllegalStateException when no {@code bpf_link} holds the program, or it is pinned
   *     already
   */
  public synchronized void pin(Path path) {
    LinkHandle link = link("pinned");
    if (pin != null) {
      throw new IllegalStateException(attached.describe() + " is pinned already, at " + pin);
    }
    attached.markOwner();
    LinkPins.pin(link, attached.describe(), path);
    pin = path;
  }

  /** Removes the pin, if there is one: from now on the program goes with this process. */
  public synchronized void unpin() {
    requireOpen();
    if (pin != null) {
      LinkPins.unpin(info().id(), pin);
      pin = null;
    }
  }

  /** Where {@link #pin} or {@link #openPinned} found it pinned. */
  public synchronized Optional<Path> pinned() {
    return Optional.ofNullable(pin);
  }

  /**
   * What the kernel says of the link.
   *
   * @throws IllegalStateException when no {@code bpf_link} holds the program
   */
  public synchronized LinkInfo info() {
    return link("described").info();
  }

  /** For what only some links can do. */
  LinkHandle handle() {
    return link("read");
  }

  private LinkHandle link(String what) {
    requireOpen();
    return attached
        .link()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    attached.describe()
                        + " cannot be "
                        + what
                        + ": the hook holds it, not a bpf_link"));
  }

  /**
   * Gives up ownership: the program stays on the hook, also when this process ends. Its mark says
   * so ({@code AttachedProgram.loadedBy}, kernel 5.10), and {@code bpf4j clean} keeps it.
   *
   * @throws IllegalStateException for a {@code bpf_link} that is not pinned, which would go with
   *     the process, and when the link has ended
   */
  public synchronized void leaveAttached() {
    requireOpen();
    if (!attached.isHeldByHook() && pin == null) {
      throw new IllegalStateException(
          attached.describe()
              + " is held by a bpf_link, which goes with this process: pin it, or attach without"
              + " a link");
    }
    attached.markLeft();
    end();
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException(attached.describe() + " is not attached any more");
    }
  }

  private void end() {
    ended = true;
    attached.release();
  }

  /** Detaches if it is still attached, unless it is pinned; idempotent. */
  @Override
  public synchronized void close() {
    if (pin != null && !ended) {
      attached.markLeft();
      end();
    } else {
      detach();
    }
  }

  @Override
  public synchronized String toString() {
    return attached.describe();
  }
}
