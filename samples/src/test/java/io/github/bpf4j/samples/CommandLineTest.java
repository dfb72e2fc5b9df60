package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.samples.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line understands; nothing of it comes as far as the kernel. */
final class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine =
      Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  private int execute(String arguments) {
    return commandLine.execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "xdp2 eth0",
        "xdp1",
        "detach",
        "xdp1 eth0 eth1",
        "detach eth0 eth1",
        "load",
        "load eth0",
        "load eth0 a.o b.o",
        "load -m fast eth0 a.o",
        "load -m eth0",
        "unload",
        "unload -i eth0",
        "unload -i 0 eth0",
        "unload -i 5 -a eth0",
        "unload eth0 eth1",
        "status eth0 eth1",
        "clean eth0",
        "xdp1 ", // an empty word
        "xdp1 --object  eth0",
        "detach ",
        "demo eth0",
        "execsnoop eth0",
        "execsnoop -c 0",
        "execsnoop -c some",
        "execsnoop -n",
        "xdp1 --frobnicate eth0",
        "xdp1 -S -N eth0",
        "xdp1 -S --hw-mode eth0",
        "xdp1 --format xml eth0",
        "xdp1 --interval eth0",
        "xdp1 eth0 -i",
        "xdp1 eth0 --object",
        "demo --seconds 0",
        "demo --seconds -3",
        "demo --seconds soon",
        "demo --seconds 1.5",
        "demo --seconds 99999999",
        "prog frobnicate",
        "prog show 5",
        "prog show id",
        "prog show id 0",
        "prog show id -- -5",
        "prog show id x",
        "prog show id 99999999999",
        "prog show id 5 6",
        "map show tag 0123456789abcdef",
        "map dump",
        "map dump id",
        "map lookup id 5 key",
        "map lookup id 5 1 0 0 0",
        "map lookup id 5 key 1 value 2",
        "map update id 5 key 1",
        "map update id 5 key 1 value",
        "map update id 5 key 1 value noexist",
        "link detach",
        "link detach name x",
        "link show tag x",
        "features xdp",
        "doctor --btf",
        "man no-such-command",
        "man xdp1 detach",
      })
  void wrongUseExits2WithOneSentenceAndTheWayToHelp(String arguments) {
    assertUsageError(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "-0.5", "abc", "NaN", "Infinity", "1e300", "1,5", "2s", "0x10", "''"})
  void anIntervalMustBeANumberOfSeconds(String interval) {
    assertUsageError("xdp1 eth0 -i=" + interval);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "abc", "1.5", "99999999999", "''"})
  void aCountMustBeAWholeNumber(String count) {
    assertUsageError("xdp1 eth0 -c=" + count);
  }

  private void assertUsageError(String arguments) {
    assertEquals(ExitCode.USAGE, execute(arguments), err.toString());
    assertEquals("", out.toString());
    List<String> lines = err.toString().lines().toList();
    assertEquals(2, lines.size(), err.toString());
    assertTrue(lines.getFirst().startsWith("bpf4j: "), lines.getFirst());
    assertTrue(lines.getLast().matches("Try: bpf4j( \\w+)* --help"), lines.getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "xdp1 --help",
        "xdp1 -h",
        "detach --help",
        "detach -h",
        "load --help",
        "unload -h",
        "status --help",
        "clean --help",
        "demo --help",
        "demo -h",
        "execsnoop --help",
        "xdp1 -S -c 3 --help",
        "prog --help",
        "prog show --help",
        "map update id 5 --help",
        "link detach -h"
      })
  void helpExits0OnStdout(String arguments) {
    assertEquals(ExitCode.DONE, execute(arguments));
    assertEquals("", err.toString());
    assertTrue(out.toString().startsWith("Usage: bpf4j"), out.toString());
  }

  @Test
  void helpOfAllListsTheCommands() {
    execute("--help");
    for (String command :
        List.of(
            "xdp1",
            "detach",
            "load",
            "unload",
            "status",
            "clean",
            "prog",
            "map",
            "link",
            "demo",
            "execsnoop",
            "completion",
            "features",
            "doctor",
            "man")) {
      assertTrue(out.toString().contains("\n  " + command + " "), out.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "xdp1, '-S --skb-mode -N --native-mode --hw-mode -F --force --link -i --interval -c --count"
        + " --object --program --map --format -v --verbose -h --help'",
    "detach, '-F --force -j --json -p --pretty -v --verbose -h --help'",
    "load, '-m --mode -n --prog-name -s --section -p --pin-path -F --force -j --json -v --verbose'",
    "unload, '-i --id -a --all -j --json -p --pretty -v --verbose -h --help'",
    "status, '-j --json -p --pretty -v --verbose -h --help'",
    "clean, '-n --dry-run --pinned -j --json -p --pretty -v --verbose -h --help'",
    "demo, '--seconds -S --skb-mode -v --verbose -h --help'",
    "prog show, '-j --json -p --pretty -f --bpffs -v --verbose -h --help'",
    "prog list, '-j --json -p --pretty -f --bpffs -v --verbose -h --help'",
    "map, '-j --json -p --pretty -f --bpffs -v --verbose -h --help'",
    "map list, '-j --json -p --pretty -f --bpffs -v --verbose -h --help'",
    "map dump, '-j --json -p --pretty -v --verbose -h --help'",
    "map lookup, '-j --json -p --pretty -v --verbose -h --help'",
    "map update, '-v --verbose -h --help'",
    "link list, '-j --json -p --pretty -f --bpffs -v --verbose -h --help'",
    "link detach, '-j --json -p --pretty -v --verbose -h --help'",
    "features, '--helpers -j --json -p --pretty -v --verbose -h --help'",
    "doctor, '--btf -j --json -p --pretty -v --verbose -h --help'",
    "man, '--to -v --verbose -h --help'",
    "execsnoop, '-c --count -n --name -j --json -p --pretty -v --verbose -h --help'"
  })
  void everyOptionIsThereByLetterAndByName(String command, String options) {
    CommandLine subcommand = commandLine;
    for (String word : command.split(" ", -1)) {
      subcommand = subcommand.getSubcommands().getOrDefault(word, commandLine);
    }
    Set<String> known = subcommand.getCommandSpec().optionsMap().keySet();
    assertTrue(known.containsAll(List.of(options.split(" ", -1))), known.toString());
    for (String option : options.split(" ", -1)) {
      assertTrue(subcommand.getUsageMessage().contains(option), "help is silent about " + option);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xdp1 -S -F -i 0.25 -c 7 --format json eth0",
        "xdp1 eth0 --native-mode --link --interval=3 --count=1 --format LIVE",
        "xdp1 --hw-mode --object a.o --program p --map m --format text eth0 -vv",
        "detach -F eth0",
        "load -m skb -n p -s xdp -p /sys/fs/bpf/x eth0 a.o -v",
        "load eth0 a.o --mode=hw --json -F",
        "unload eth0 -i 5",
        "unload --all eth0 -j",
        "status eth0 -p",
        "clean -n --pinned --json",
        "demo --seconds 5 --skb-mode -v",
        "prog list -j",
        "prog show -p -f id 5",
        "map lookup id 5 -j key 1 0 0 0",
        "map update pinned /sys/fs/bpf/m key hex 01 value 7 exist -v",
        "link detach id 5 -v"
      })
  void optionsMayStandBeforeAndAfterTheInterface(String arguments) {
    commandLine.parseArgs(arguments.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "xdp2 eth0| there is no command xdp2; there are: xdp1, ",
        "xdp1| IFACE is missing",
        "xdp1 eth0 eth1| 'eth1' is one word too many",
        "xdp1 --frobnicate eth0| there is no option --frobnicate",
        "xdp1 -S -N eth0| only one of --skb-mode, --native-mode, --hw-mode can be given",
        "xdp1 --format xml eth0| --format takes text, json or live, not 'xml'",
        "xdp1 eth0 -i| SECONDS behind --interval is missing",
        "xdp1 eth0 -i two| --interval takes a number, not 'two'",
        "xdp1 eth0 -c 1.5| --count takes a whole number, not '1.5'",
        "xdp1 eth0 -c 1 -c 2| --count is given more than once"
      })
  void whatIsWrongIsSaidInOurOwnWords(String arguments, String said) {
    assertUsageError(arguments);
    assertTrue(err.toString().startsWith("bpf4j: " + said), err.toString());
  }

  @Test
  void theVersionTellsWhatIsUsed() {
    assertEquals(ExitCode.DONE, execute("--version"));
    List<String> lines = out.toString().lines().toList();
    assertTrue(lines.getFirst().matches("bpf4j \\d+\\.\\d+\\.\\d+.*"), out.toString());
    assertTrue(lines.get(1).startsWith("libbpf "), out.toString());
    assertEquals("Java " + Runtime.version(), lines.get(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xdp1 nosuch0",
        "detach nosuch0",
        "load nosuch0 a.o",
        "unload nosuch0",
        "status nosuch0"
      })
  void aFailureExits1(String arguments) {
    assertEquals(ExitCode.FAILED, execute(arguments));
    assertEquals("", out.toString());
    assertTrue(err.toString().startsWith("bpf4j: cannot find interface nosuch0: "), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }
}
