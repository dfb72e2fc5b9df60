package io.github.bpf4j.samples.attach;

import io.github.bpf4j.OpenBpfObject;
import io.github.bpf4j.OpenBpfProgram;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The XDP program of an object that is meant: the one that is named, or the only one. */
public final class ProgramChoice {
  private ProgramChoice() {}

  /**
   * Finds it.
   *
   * @param name the C function's; null for any
   * @param section the ELF section's; null for any
   * @param option the option that names it, for the error
   */
  public static OpenBpfProgram of(
      OpenBpfObject object, @Nullable String name, @Nullable String section, String option) {
    List<OpenBpfProgram> all = object.programs();
    if (all.isEmpty()) {
      throw failed(object, "it has no programs");
    }
    if (name != null) {
      return requireXdp(object, object.program(name), section);
    }
    List<OpenBpfProgram> there =
        all.stream()
            .filter(program -> section == null || program.section().equals(section))
            .toList();
    if (there.isEmpty()) {
      throw failed(object, "it has no section " + section + ": " + describe(all));
    }
    List<OpenBpfProgram> xdp =
        there.stream().filter(program -> program.type() == BpfProgramType.XDP).toList();
    return switch (xdp.size()) {
      case 1 -> xdp.getFirst();
      case 0 ->
          throw failed(
              object, "it has no XDP program: " + describe(there) + "; SEC(\"xdp\") makes one");
      default ->
          throw failed(
              object,
              "it has several XDP programs, choose one with "
                  + option
                  + ": "
                  + xdp.stream().map(OpenBpfProgram::name).collect(Collectors.joining(", ")));
    };
  }

  private static OpenBpfProgram requireXdp(
      OpenBpfObject object, OpenBpfProgram named, @Nullable String section) {
    if (named.type() != BpfProgramType.XDP) {
      throw failed(object, describe(named) + ", not an XDP program");
    }
    if (section != null && !named.section().equals(section)) {
      throw failed(object, describe(named) + ", not in section " + section);
    }
    return named;
  }

  private static String describe(List<OpenBpfProgram> programs) {
    return programs.stream().map(ProgramChoice::describe).collect(Collectors.joining(", "));
  }

  private static String describe(OpenBpfProgram program) {
    return program.name()
        + " is of type "
        + program.type()
        + " (section "
        + program.section()
        + ")";
  }

  private static CommandFailedException failed(OpenBpfObject object, String reason) {
    return new CommandFailedException("cannot use object " + object.name() + ": " + reason);
  }
}
