package io.github.bpf4j.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code /proc} made up: what is read from it, and what it may lack. */
final class HoldersTest {
  private static final Holder LOADER = new Holder(7, "loader");
  private static final Holder AGENT = new Holder(31, "agent");

  @TempDir Path proc;

  @BeforeEach
  void twoProcesses() throws IOException {
    Files.createDirectories(proc.resolve("self/fd"));
    process(LOADER);
    process(AGENT);
  }

  private void process(Holder process) throws IOException {
    Path folder = proc.resolve(Long.toString(process.pid()));
    Files.createDirectories(folder.resolve("fd"));
    Files.createDirectories(folder.resolve("fdinfo"));
    Files.writeString(folder.resolve("comm"), process.command() + "\n");
  }

  private void open(Holder process, int fd, String target, String fdinfo) throws IOException {
    Path folder = proc.resolve(Long.toString(process.pid()));
    Files.createSymbolicLink(folder.resolve("fd/" + fd), Path.of(target));
    Files.writeString(folder.resolve("fdinfo/" + fd), "pos:\t0\nflags:\t02\n" + fdinfo);
  }

  @Test
  void eachKindHasIdsOfItsOwn() throws IOException {
    open(LOADER, 3, "anon_inode:bpf-prog", "prog_type:\t6\nmemlock:\t4096\nprog_id:\t5\n");
    open(LOADER, 4, "anon_inode:bpf-map", "map_type:\t2\nmap_id:\t5\nfrozen:\t0\n");
    open(AGENT, 3, "anon_inode:bpf_link", "link_type:\txdp\nlink_id:\t5\nprog_id:\t6\n");
    open(AGENT, 4, "anon_inode:btf", "btf_id:\t9\n");
    Holders holders = Holders.find(proc);
    assertEquals(List.of(LOADER), holders.of(ObjectKind.PROGRAM, 5));
    assertEquals(List.of(LOADER), holders.of(ObjectKind.MAP, 5));
    assertEquals(List.of(AGENT), holders.of(ObjectKind.LINK, 5));
    assertEquals(List.of(AGENT), holders.of(ObjectKind.BTF, 9));
    assertEquals(List.of(), holders.of(ObjectKind.PROGRAM, 6));
  }

  @Test
  void aProcessThatHasItOpenTwiceIsNamedOnce() throws IOException {
    open(LOADER, 3, "anon_inode:bpf-prog", "prog_id:\t5\n");
    open(LOADER, 4, "anon_inode:bpf-prog", "prog_id:\t5\n");
    open(AGENT, 9, "anon_inode:bpf-prog", "prog_id:\t5\n");
    List<Holder> found = Holders.find(proc).of(ObjectKind.PROGRAM, 5);
    assertEquals(List.of(AGENT, LOADER), found.stream().sorted(this::byName).toList());
  }

  private int byName(Holder left, Holder right) {
    return left.command().compareTo(right.command());
  }

  @Test
  void whatIsNoBpfOrVanishesMeanwhileIsPassedOver() throws IOException {
    open(LOADER, 0, "/dev/null", "");
    open(LOADER, 1, "socket:[12]", "prog_id:\t5\n");
    open(LOADER, 2, "anon_inode:bpf-prog", "");
    Files.createSymbolicLink(proc.resolve("7/fd/3"), Path.of("anon_inode:bpf-prog"));
    Files.delete(proc.resolve("31/comm"));
    open(AGENT, 5, "anon_inode:bpf-prog", "prog_id:\t5\n");
    assertEquals(List.of(new Holder(31, "")), Holders.find(proc).of(ObjectKind.PROGRAM, 5));
  }

  @Test
  void withoutProcNobodyIsFound() {
    assertEquals(List.of(), Holders.find(proc.resolve("nowhere")).of(ObjectKind.MAP, 1));
  }
}
