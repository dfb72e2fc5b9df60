package io.github.bpf4j.libbpf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the verifier writes while an object is loaded: one buffer for all programs of which it is
 * to write nothing unless it refuses them, since the load ends with the first that it refuses; and
 * one of its own for each program of which it is to write anyway.
 */
final class VerifierLogs implements AutoCloseable {
  private final VerifierLogBuffer shared = new VerifierLogBuffer();
  private final Map<ProgramHandle, VerifierLogBuffer> own = new LinkedHashMap<>();

  VerifierLogs(List<ProgramHandle> programs) {
    try {
      for (ProgramHandle program : programs) {
        if (program.logLevel() != 0) {
          own.put(program, new VerifierLogBuffer());
        }
        program.logInto(own.getOrDefault(program, shared));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** What was written of a program; by its name, empty when it is not known which one. */
  String of(String program) {
    return own.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(program))
        .findFirst()
        .map(entry -> entry.getValue().text())
        .orElseGet(shared::text);
  }

  /** Keeps what was written of programs that passed. */
  void keep() {
    own.forEach((program, log) -> program.keepLog(log.text()));
  }

  @Override
  public void close() {
    shared.close();
    own.values().forEach(VerifierLogBuffer::close);
  }
}
