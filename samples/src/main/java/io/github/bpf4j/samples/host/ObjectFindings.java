package io.github.bpf4j.samples.host;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.OpenBpfMap;
import io.github.bpf4j.OpenBpfObject;
import io.github.bpf4j.OpenBpfProgram;
import io.github.bpf4j.OpenOptions;
import io.github.bpf4j.VerifierLog;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.uapi.VerifierStatistics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an object loads here: its maps are made, its CO-RE relocations resolved, its programs
 * verified. Nothing is attached or pinned, and all of it is gone afterwards.
 */
final class ObjectFindings {
  private final Path file;
  private final OpenOptions options;

  ObjectFindings(Path file, OpenOptions options) {
    this.file = file;
    this.options = options;
  }

  List<Finding> all() {
    List<String> programs;
    try (OpenBpfObject open = BpfObject.open(file, options)) {
      programs = open.programs().stream().map(OpenBpfProgram::name).toList();
    } catch (BpfException e) {
      return List.of(failed(file.toString(), e));
    }
    try {
      return load(programs);
    } catch (BpfException e) {
      // Which of several is to blame, each tells by itself.
      return programs.size() < 2
          ? List.of(failed(subject(programs.isEmpty() ? "" : programs.getFirst()), e))
          : programs.stream().map(this::alone).toList();
    }
  }

  private Finding alone(String program) {
    try {
      return load(List.of(program)).getFirst();
    } catch (BpfException e) {
      return failed(subject(program), e);
    }
  }

  private List<Finding> load(List<String> programs) {
    try (OpenBpfObject open = BpfObject.open(file, options)) {
      for (OpenBpfProgram program : open.programs()) {
        program.autoload(programs.contains(program.name()));
        program.verifierLog(VerifierLog.STATISTICS_AND_PATH);
      }
      // Neither pinned nor taken from a pin: libbpf would fill a table of programs that is in use.
      open.maps().forEach(OpenBpfMap::noPinPath);
      try (BpfObject object = open.load()) {
        List<Finding> findings = new ArrayList<>();
        for (String program : programs) {
          findings.add(loaded(object.program(program)));
        }
        return findings.isEmpty()
            ? List.of(Finding.ok(file.toString(), "loads; it has no programs"))
            : findings;
      }
    }
  }

  private Finding loaded(BpfProgram program) {
    String words = "loads as " + program.type();
    return Finding.ok(
        subject(program.name()),
        program
            .verifierStatistics()
            .map(ObjectFindings::words)
            .map((words + ", ")::concat)
            .orElse(words));
  }

  private static String words(VerifierStatistics statistics) {
    return "%d instructions verified of at most %d, %d bytes of stack"
        .formatted(
            statistics.instructions(), statistics.instructionLimit(), statistics.stackDepth());
  }

  private String subject(String program) {
    return program.isEmpty() ? file.toString() : file + ": " + program;
  }

  private static Finding failed(String subject, BpfException e) {
    return Finding.missing(subject, e.sentence(), "");
  }
}
