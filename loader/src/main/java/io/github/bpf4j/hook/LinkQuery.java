package io.github.bpf4j.hook;

import io.github.bpf4j.attach.LinkAttachment;
import io.github.bpf4j.libbpf.LinkInfos;
import java.util.List;

/** The links of the whole system, and whose their programs are. */
public final class LinkQuery {
  private LinkQuery() {}

  /** All that have a program. */
  public static List<LinkAttachment> query() {
    Owners owners = new Owners();
    return LinkInfos.all().stream()
        .filter(link -> link.programId() != 0)
        .map(link -> new LinkAttachment(link, owners.of(link.programId(), link.id())))
        .toList();
  }
}
