package io.github.bpf4j.samples.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Prints what was selected: an array of objects in JSON, one object for one that has an id. */
final class Listing {
  private Listing() {}

  /** How one is printed. */
  interface View<T> {
    void json(T object, JsonGenerator json) throws IOException;

    void text(T object, StringBuilder text);
  }

  /**
   * Prints them.
   *
   * @param what the kind, such as {@code "program"}
   * @throws CommandFailedException when something was asked for and nothing was found
   */
  static <T> int print(
      ParseResult parsed, String what, Optional<Selector> selector, List<T> found, View<T> view) {
    if (selector.isPresent() && found.isEmpty()) {
      throw new CommandFailedException(
          "cannot show " + what + " " + selector.get() + ": there is none");
    }
    boolean single = found.size() == 1 && selector.isPresent();
    Output.print(
        parsed,
        json -> {
          if (!single) {
            json.writeStartArray();
          }
          for (T object : found) {
            view.json(object, json);
          }
          if (!single) {
            json.writeEndArray();
          }
        },
        text -> found.forEach(object -> view.text(object, text)));
    return ExitCode.DONE;
  }
}
