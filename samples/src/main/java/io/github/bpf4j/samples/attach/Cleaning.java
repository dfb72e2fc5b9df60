package io.github.bpf4j.samples.attach;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ParseResult;

/** Finds what is left, place by place, and removes it where it was found. */
final class Cleaning {
  private final boolean dryRun;
  private final List<Outcome> outcomes = new ArrayList<>();

  Cleaning(boolean dryRun) {
    this.dryRun = dryRun;
  }

  private enum Action {
    REMOVED,
    WOULD_REMOVE,
    KEPT,
    GONE,
    FAILED
  }

  /**
   * What became of something.
   *
   * @param reason why it was kept, or could not be removed; empty otherwise
   */
  private record Outcome(Leftover leftover, Action action, String reason) {}

  /** Looks everywhere; what cannot be looked into keeps nothing else from being found. */
  void run(boolean pinned) {
    try (NetworkNamespace own = NetworkNamespace.current()) {
      look("this network namespace", () -> DeviceLeftovers.find(Optional.empty()));
      Optional<Object> _ =
          Namespaces.search(
              (namespace, file) -> {
                if (!namespace.equals(own)) {
                  look("network namespace " + file, () -> inside(namespace, file));
                }
                return Optional.empty();
              });
    }
    look("cgroups", CgroupLeftovers::find);
    look("pins", () -> PinLeftovers.find(pinned));
  }

  private List<Leftover> inside(NetworkNamespace namespace, Path file) {
    return namespace.callUnchecked(
        () -> {
          // Here, not later: where a thing is removed is where it was found.
          DeviceLeftovers.find(Optional.of(file.toString())).forEach(this::handle);
          return List.of();
        });
  }

  private void look(String place, Supplier<List<Leftover>> search) {
    try {
      search.get().forEach(this::handle);
    } catch (BpfException e) {
      Leftover unknown =
          new Leftover(
              "what is left in " + place,
              json -> json.writeStringField("place", place),
              Optional.empty(),
              () -> false);
      outcomes.add(new Outcome(unknown, Action.FAILED, e.sentence()));
    }
  }

  private void handle(Leftover leftover) {
    outcomes.add(
        leftover
            .reason()
            .map(reason -> new Outcome(leftover, Action.KEPT, reason))
            .orElseGet(
                () -> dryRun ? new Outcome(leftover, Action.WOULD_REMOVE, "") : remove(leftover)));
  }

  private static Outcome remove(Leftover leftover) {
    try {
      boolean removed = leftover.removal().getAsBoolean();
      return new Outcome(leftover, removed ? Action.REMOVED : Action.GONE, "");
    } catch (BpfException e) {
      return new Outcome(leftover, Action.FAILED, e.sentence());
    } catch (CommandFailedException e) {
      return new Outcome(leftover, Action.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** Says what became of each. */
  int report(ParseResult parsed) {
    Output.print(parsed, this::json, this::text);
    if (outcomes.isEmpty() && !Output.isJson(parsed)) {
      System.err.println("bpf4j: nothing is left behind");
    }
    return outcomes.stream().anyMatch(outcome -> outcome.action == Action.FAILED)
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }

  private void text(StringBuilder text) {
    for (Outcome outcome : outcomes) {
      text.append(word(outcome.action).replace('_', ' '))
          .append(' ')
          .append(outcome.leftover.what());
      if (!outcome.reason.isEmpty()) {
        text.append(": ").append(outcome.reason);
      }
      text.append('\n');
    }
  }

  private void json(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Outcome outcome : outcomes) {
      json.writeStartObject();
      json.writeStringField("action", word(outcome.action));
      outcome.leftover.fields().write(json);
      if (!outcome.reason.isEmpty()) {
        json.writeStringField("reason", outcome.reason);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }
}
