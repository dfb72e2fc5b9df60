package io.github.bpf4j;

import io.github.bpf4j.attach.LinkAttachment;
import io.github.bpf4j.hook.LinkQuery;
import java.util.List;

/**
 * The {@code bpf_link}s of this host, whoever made them, and whose their programs are; {@code
 * BpfSystem} tells of each link alone.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class Links {
  private Links() {}

  /**
   * All links that have a program; those of struct_ops have none (kernel 5.8). Takes CAP_SYS_ADMIN.
   */
  public static List<LinkAttachment> query() {
    return LinkQuery.query();
  }
}
