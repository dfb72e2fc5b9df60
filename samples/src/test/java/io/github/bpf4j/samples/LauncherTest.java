package io.github.bpf4j.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program knows of the script that starts it. */
final class LauncherTest {
  private static final Pattern OWN_COMMANDS = Pattern.compile("(?s)\nown_commands='\n(.*?)'");

  private List<String> own = List.of();

  @BeforeEach
  void beStartedByTheLauncher() throws Exception {
    Matcher commands = OWN_COMMANDS.matcher(Files.readString(Path.of("../bpf4j")));
    assertTrue(commands.find());
    own = commands.group(1).lines().toList();
    System.setProperty("bpf4j.launcher.commands", commands.group(1));
    System.setProperty("bpf4j.command", "./bpf4j");
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty("bpf4j.launcher.commands");
    System.clearProperty("bpf4j.command");
  }

  @Test
  void itsCommandsAreAmongThoseThatThereAre() {
    Here.Result result = Here.run("bogus");
    assertEquals(2, result.status());
    assertTrue(result.err().startsWith("bpf4j: there is no command bogus; "), result.err());
    assertTrue(result.err().contains(", setup, build, test, vm-test, "), result.err());
    assertTrue(result.err().endsWith("Try: ./bpf4j --help\n"), result.err());
  }

  @Test
  void wrongUseNamesTheWayToHelpAsItWasCalled() {
    assertTrue(Here.run("map dump").err().endsWith("Try: ./bpf4j map dump --help\n"));
  }

  @Test
  void itDoesWhatItSaysItDoes() throws Exception {
    StringBuilder functions = new StringBuilder();
    try (var parts = Files.newDirectoryStream(Path.of("../.launcher"), Files::isRegularFile)) {
      for (Path part : parts) {
        functions.append(Files.readString(part));
      }
    }
    for (String line : own) {
      String command = line.split(" ", -1)[0];
      assertTrue(
          command.matches("java|help")
              || functions.indexOf("\ndo_" + command.replace('-', '_') + "() {") >= 0,
          command);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'./bpf4j xd', xdp1",
    "'bpf4j det', detach",
    "'./bpf4j xdp1 --ob', --object",
    "'./bpf4j xdp1 --format js', json",
    "'./bpf4j demo --sec', --seconds",
    "'./bpf4j set', setup",
    "'./bpf4j setup --dr', --dry-run",
    "'./bpf4j vm-test --ker', --kernel",
    "'./bpf4j jav', java",
    "'./bpf4j map dum', dump",
    "'./bpf4j link detach --verb', --verbose"
  })
  void aShellCompletesCommandsAndOptions(String typed, String completed) throws Exception {
    String script = Here.run("completion").printed();
    String words = typed.replace(" ", "\" \"");
    int last = typed.split(" ", -1).length - 1;
    String ask =
        "COMP_WORDS=(\"%s\"); COMP_CWORD=%d; _complete_bpf4j; echo ${COMPREPLY[@]}"
            .formatted(words, last);
    Process bash = new ProcessBuilder("bash", "-c", script + "\n" + ask).start();
    assertEquals(completed, new String(bash.getInputStream().readAllBytes(), UTF_8).strip());
    assertEquals(0, bash.waitFor());
  }
}
