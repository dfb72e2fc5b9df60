package io.github.bpf4j.attach;

import io.github.bpf4j.uapi.LinkInfo;
import java.util.Locale;

/**
 * A {@code bpf_link} and its program, whoever made them; {@code Links.query} finds it.
 *
 * @param link what it is attached to
 * @param program its program, and whose that is
 */
public record LinkAttachment(LinkInfo link, AttachedProgram program) {
  /**
   * One line for an operator, such as {@code "program 42 xdp_prog1 (tag 3b185187f1855c4c, xdp, by
   * bpf_link 7, loaded by uid 0)"}.
   */
  public String describe() {
    return program.describe(link.type().toString().toLowerCase(Locale.ROOT), "bpf_link");
  }
}
