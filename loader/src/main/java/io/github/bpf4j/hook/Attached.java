package io.github.bpf4j.hook;

import io.github.bpf4j.libbpf.LinkHandle;
import io.github.bpf4j.libbpf.ProgramHandle;
import java.util.Optional;

/**
 * Something on a hook, put there by this process: what is behind a {@code BpfLink}. There are two
 * kinds: {@link LinkAttached}, which the kernel takes off with the process, and {@link
 * HookAttached}, which the hook itself holds.
 *
 * <p>Thread safety: any thread, one at a time; {@code BpfLink} sees to it.
 */
public interface Attached {
  /**
   * Takes it off the hook.
   *
   * @return false when it was off already: replaced by another's, or its device gone
   */
  boolean detach();

  /** Whether it is still on the hook. */
  boolean isAttached();

  /**
   * Puts another program in the place of this one, atomically.
   *
   * @throws io.github.bpf4j.error.BpfException when the place is another's by now, or the kernel
   *     cannot
   */
  void update(ProgramHandle next);

  /** Whether it stays on the hook when this is released. */
  boolean isHeldByHook();

  /** The link, when there is one {@code bpf_link} behind it. */
  Optional<LinkHandle> link();

  /** Says in the kernel whose the program is, before something else than this process keeps it. */
  void markOwner();

  /** Says in the kernel that it stays on purpose. */
  void markLeft();

  /** Gives up what keeps descriptors alive; once. */
  void release();

  /** Such as {@code "xdp_prog1 on eth0 (native mode)"}. */
  String describe();
}
