package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.samples.CommandLineProcess.Result;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work, tried with the real command line: one clear sentence, nothing left behind. */
@KernelTest
final class BadInputTest {
  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  private void assertRefused(Bpf4j command, String... parts) throws Exception {
    network.run(
        () -> {
          List<XdpAttachment> before = Hook.attached();
          Result result = command.run();
          for (String part : parts) {
            assertTrue(result.sentence().contains(part), part + " missing in " + result.sentence());
          }
          assertEquals("", result.out());
          assertEquals(before, Hook.attached());
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdp1", "detach"})
  void anUnknownInterfaceListsThoseThatExist(String command) throws Exception {
    assertRefused(
        Bpf4j.command(command, "eth9"),
        "cannot find interface eth9: there is no such interface",
        "there are: lo, right, left");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a b'", "a-name-longer-than-the-kernel-takes", "../../etc", "\u00fc"})
  void aStrangeInterfaceNameIsUnknownToo(String name) throws Exception {
    assertRefused(Bpf4j.command("xdp1", name), "there is no such interface");
  }

  @Test
  void anMtuThatXdpCannotHaveSaysWhatCan() throws Exception {
    network.run(
        () -> {
          Commands.run("ip", "link", "set", "dev", "left", "mtu", "9000");
          Commands.run("ip", "link", "set", "dev", Hook.DEVICE, "mtu", "9000");
          assertRefused(Bpf4j.command("xdp1", Hook.DEVICE), "MTU is too large", "or skb mode: -S");
          Bpf4j.run("xdp1", "-S", "-i", "0.1", "-c", "1", Hook.DEVICE).summary();
        });
  }

  @Test
  void aTakenInterfaceNamesTheOwner() throws Exception {
    network.run(
        () -> {
          int foreign = Hook.attachForeign();
          assertRefused(
              Bpf4j.command("xdp1", Hook.DEVICE),
              "right already has program " + foreign + " foreign (tag ",
              "native mode, by netlink, loaded by uid 0",
              "-F");
        });
  }

  @Test
  void forceReplacesATakenInterfacesProgram() throws Exception {
    network.run(
        () -> {
          int foreign = Hook.attachForeign();
          try (CommandLineProcess xdp1 =
              Bpf4j.command("xdp1", "-F", "-i", "0.2", "-c", "1", Hook.DEVICE).start()) {
            // Atomic: whenever one looks, one or the other is there.
            xdp1.until("replaced", () -> Hook.only().program().id() != foreign);
            assertEquals("xdp_prog1", Hook.only().program().info().orElseThrow().name());
            xdp1.await().summary();
          }
          Hook.assertFree();
        });
  }

  @Test
  void aDriverWithoutXdpSaysToTrySkbMode() throws Exception {
    assertRefused(
        Bpf4j.command("xdp1", "lo"), "the driver of lo does not support XDP in native mode", "-S");
    network.run(
        () -> {
          Commands.run("ip", "link", "set", "dev", "lo", "up");
          Bpf4j.run("xdp1", "-S", "-i", "0.1", "-c", "1", "lo").summary();
        });
  }

  @Test
  void aDeviceThatRunsNoProgramsSaysSo() throws Exception {
    assertRefused(
        Bpf4j.command("xdp1", "--hw-mode", Hook.DEVICE),
        "cannot load object xdp1_kern into right: the device does not run it",
        "try native mode, -N, or skb mode, -S");
  }

  @ParameterizedTest
  @CsvSource({
    "'net_admin', xdp1 right, 'lacks CAP_NET_ADMIN:'",
    "'bpf,sys_admin', xdp1 right, 'lacks CAP_BPF:'",
    "'bpf,sys_admin,net_admin', xdp1 right, 'lacks CAP_BPF and CAP_NET_ADMIN:'",
    "'bpf,sys_admin,net_admin', xdp1 -S right, 'lacks CAP_BPF and CAP_NET_ADMIN:'",
    "'sys_admin', demo, 'lacks CAP_SYS_ADMIN:'",
    "'net_raw', demo, 'lacks CAP_NET_RAW:'",
    "'net_admin', demo, 'takes CAP_NET_ADMIN: run as root'"
  })
  void missingCapabilitiesAreNamed(String capabilities, String command, String said)
      throws Exception {
    String dropped = "-" + capabilities.replace(",", ",-");
    assertRefused(
        Bpf4j.command(command.split(" ", -1))
            .under("setpriv", "--bounding-set=" + dropped, "--inh-caps=" + dropped),
        said);
  }

  @Test
  void twoCapabilitiesAreEnough() throws Exception {
    String needed = "-all,+bpf,+net_admin,+dac_override";
    network.run(
        () ->
            Bpf4j.command("xdp1", "-i", "0.1", "-c", "1", Hook.DEVICE)
                .under("setpriv", "--bounding-set=" + needed, "--inh-caps=" + needed)
                .run()
                .summary());
  }

  @Test
  void aMissingLibbpfSaysWhereItWasLookedFor() throws Exception {
    assertRefused(
        Bpf4j.command("xdp1", Hook.DEVICE).jvmOptions("-Dbpf4j.libbpf=/nonexistent/libbpf.so.1"),
        "cannot use /nonexistent/libbpf.so.1: no such file");
  }

  @Test
  void aLibraryThatIsNoLibbpfSaysSo(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("other.c"), "int other(void) { return 0; }\n");
    Path library = folder.resolve("libother.so.1");
    Commands.run("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString());
    assertRefused(
        Bpf4j.command("xdp1", Hook.DEVICE).jvmOptions("-Dbpf4j.libbpf=" + library),
        "cannot use " + library + ": it is no libbpf; -Dbpf4j.libbpf names it");
    assertRefused(
        Bpf4j.command("xdp1", Hook.DEVICE).jvmOptions("-Dbpf4j.libbpf="),
        "cannot use -Dbpf4j.libbpf: it is empty");
  }

  @Test
  void aLibbpfThatIsTooOldSaysWhatIsNeeded(@TempDir Path folder) throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("old.c"),
            """
            unsigned libbpf_major_version(void) { return 0; }
            unsigned libbpf_minor_version(void) { return 8; }
            """);
    Path library = folder.resolve("libbpf.so.1");
    Commands.run(
        "cc",
        "-shared",
        "-fPIC",
        "-Wl,-soname,libbpf.so.1",
        "-o",
        library.toString(),
        source.toString());
    assertRefused(
        Bpf4j.command("xdp1", Hook.DEVICE).jvmOptions("-Dbpf4j.libbpf=" + library),
        "older than libbpf 1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-i 0", "--interval=two", "-c -1", "--count many"})
  void anIntervalOrCountThatIsNoneIsWrongUse(String option) throws Exception {
    network.run(
        () -> {
          Result result = Bpf4j.run(("xdp1 " + option + " right").split(" ", -1));
          assertEquals(2, result.status(), result.toString());
          assertEquals("", result.out());
          List<String> lines = result.err().lines().toList();
          assertEquals(2, lines.size(), result.err());
          assertTrue(lines.getFirst().startsWith("bpf4j: "), result.err());
          assertEquals("Try: bpf4j xdp1 --help", lines.getLast());
          assertFalse(result.err().contains("Exception"), result.err());
          Hook.assertFree();
        });
  }
}
