package io.github.bpf4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Writes what a suite found: {@code docs/performance/NAME.md}, {@code NAME.json} and a picture of
 * each contest; and {@code docs/performance.md} of all suites that ever ran here.
 */
final class Report {
  private static final Path ALL = Path.of("../docs/performance.md");
  private static final Path FOLDER = Path.of("../docs/performance");

  private Report() {}

  static void write(Suite suite, List<Contest.Result> results, Map<String, String> machine)
      throws IOException {
    Files.createDirectories(FOLDER);
    StringBuilder text = new StringBuilder("## " + suite.title() + "\n\n" + suite.about() + "\n");
    text.append(suite.rounds() == 1 ? "" : suite.rounds() + " rounds in turn. ");
    text.append(
        machine.entrySet().stream()
            .map(fact -> fact.getKey() + " " + fact.getValue())
            .collect(Collectors.joining("; ", "Measured on: ", ".\n")));
    for (int i = 0; i < results.size(); i++) {
      String picture = suite.name() + (results.size() == 1 ? "" : "-" + (i + 1)) + ".svg";
      text.append(section(results.get(i), picture));
      Map.Entry<Quantity, List<Series>> first = first(results.get(i));
      Files.writeString(
          FOLDER.resolve(picture), Plot.svg(results.get(i).title(), first.getValue()));
    }
    Files.writeString(FOLDER.resolve(suite.name() + ".md"), text);
    Files.writeString(FOLDER.resolve(suite.name() + ".json"), Json.of(suite, results, machine));
    System.out.print(text);
  }

  private static Map.Entry<Quantity, List<Series>> first(Contest.Result result) {
    return result.series().entrySet().iterator().next();
  }

  private static String section(Contest.Result result, String picture) {
    StringBuilder text = new StringBuilder("\n### " + result.title() + "\n\n");
    List<Series> leading = first(result).getValue();
    text.append("| | ");
    result
        .series()
        .forEach(
            (quantity, series) ->
                text.append(quantity.label + ", " + series.getFirst().unit() + " | "));
    text.append("least – most | to bpf4j's, round by round |\n|---|");
    text.append("--:|".repeat(result.series().size() + 2)).append('\n');
    for (int i = 0; i < leading.size(); i++) {
      text.append("| ").append(leading.get(i).name()).append(" |");
      for (List<Series> series : result.series().values()) {
        double median = series.get(i).median();
        text.append(' ').append(Double.isNaN(median) ? "–" : Series.text(median)).append(" |");
      }
      Series series = leading.get(i);
      text.append(
          " %s – %s | %s |%n"
              .formatted(
                  Series.text(series.least()),
                  Series.text(series.most()),
                  i == 0
                      ? "1"
                      : String.format(Locale.ROOT, "%.3f", leading.getFirst().ratioTo(series))));
    }
    return text + "\n![" + result.title() + "](" + picture + ")\n";
  }

  /** The report of all suites, in their order. */
  static void join(List<String> suites) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # Performance

            Made by `sudo ./bpf4j bench`, which runs Java and C in turn, in one run, on one machine, and
            writes each section anew that it is asked for. Figures are medians over the rounds. The last
            column is bpf4j's figure divided by that row's, round by round, then the median: what disturbs
            a round disturbs both, so it holds better than the figures do. Raw values are in the JSON
            files beside the pictures.

            """);
    for (String suite : suites) {
      Path section = FOLDER.resolve(suite + ".md");
      if (Files.exists(section)) {
        text.append(Files.readString(section).replace("](", "](performance/")).append('\n');
      }
    }
    Files.writeString(ALL, text.toString().stripTrailing() + "\n");
  }

  /** JSON by hand: there are only strings and numbers. */
  private static final class Json {
    static String of(Suite suite, List<Contest.Result> results, Map<String, String> machine) {
      List<String> contests = new ArrayList<>();
      for (Contest.Result result : results) {
        List<String> series = new ArrayList<>();
        result
            .series()
            .forEach((quantity, all) -> all.forEach(one -> series.add(series(quantity, one))));
        contests.add(
            "    {\"title\": %s, \"series\": [\n%s\n    ]}"
                .formatted(quoted(result.title()), String.join(",\n", series)));
      }
      String facts =
          machine.entrySet().stream()
              .map(fact -> "    " + quoted(fact.getKey()) + ": " + quoted(fact.getValue()))
              .collect(Collectors.joining(",\n"));
      return """
      {
        "suite": %s,
        "machine": {
      %s
        },
        "contests": [
      %s
        ]
      }
      """
          .formatted(quoted(suite.name()), facts, String.join(",\n", contests));
    }

    private static String series(Quantity quantity, Series one) {
      return "      {\"quantity\": %s, \"unit\": %s, \"name\": %s, \"median\": %s, \"values\": [%s]}"
          .formatted(
              quoted(quantity.label),
              quoted(one.unit()),
              quoted(one.name()),
              number(one.median()),
              DoubleStream.of(one.values())
                  .mapToObj(Json::number)
                  .collect(Collectors.joining(", ")));
    }

    private static String number(double value) {
      return Double.isNaN(value) ? "null" : Double.toString(value);
    }

    private static String quoted(String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }
}
