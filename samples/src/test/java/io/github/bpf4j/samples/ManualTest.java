package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The manual pages. */
final class ManualTest {
  private static String page(String command) {
    return Here.run(("man " + command).strip()).printed();
  }

  /** As it reads, without what is for troff. */
  private static String words(String page) {
    return page.replace("\\-", "-").replaceAll("\\\\f[BR]", "");
  }

  @Test
  void eachCommandHasAPageWithItsOptionsAndThoseOfItsVerbs() {
    for (CommandLine command : Main.commandLine().getSubcommands().values()) {
      String page = words(page(command.getCommandName()));
      Stream.concat(Stream.of(command), command.getSubcommands().values().stream())
          .flatMap(verb -> verb.getCommandSpec().options().stream())
          .flatMap(option -> Stream.of(option.names()))
          .forEach(name -> assertTrue(page.contains(name), () -> name + " is not in " + page));
      for (String title : List.of("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS")) {
        assertEquals(2, page.split(".SH " + title + "\n", -1).length, page);
      }
    }
  }

  @Test
  void theFirstPageListsTheCommands() {
    String page = words(page(""));
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      assertTrue(page.contains("bpf4j-" + command + "(1)"), page);
    }
  }

  @Test
  void noLineOfTextIsTakenForARequest() {
    Set<String> known = Set.of(".TH", ".SH", ".SS", ".PP", ".TP", ".br");
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      page(command)
          .lines()
          .filter(line -> line.startsWith(".") || line.startsWith("'"))
          .forEach(line -> assertTrue(known.contains(line.split(" ", -1)[0]), line));
      assertFalse(page(command).contains("\n\n"), "troff takes an empty line for a paragraph");
    }
  }

  @Test
  void allPagesAreWrittenAtOnce(@TempDir Path folder) throws Exception {
    assertEquals("", Here.run("man --to " + folder.resolve("man1")).printed());
    try (Stream<Path> files = Files.list(folder.resolve("man1"))) {
      Set<String> names =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      assertTrue(
          names.containsAll(Set.of("bpf4j.1", "bpf4j-xdp1.1", "bpf4j-map.1")), names::toString);
      assertEquals(Main.commandLine().getSubcommands().size() + 1, names.size());
    }
    assertEquals(page("xdp1"), Files.readString(folder.resolve("man1/bpf4j-xdp1.1")));
  }

  @Test
  void aFolderThatCannotBeIsNamed() {
    String refused = Here.run("man --to /dev/null/man").refused();
    assertTrue(refused.startsWith("bpf4j: cannot write the manual to /dev/null/man: "), refused);
  }
}
