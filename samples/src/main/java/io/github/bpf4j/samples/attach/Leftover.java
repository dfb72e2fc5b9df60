package io.github.bpf4j.samples.attach;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.AttachedProgram.LoadedBy;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Something that a process of bpf4j left when it was killed.
 *
 * @param what a line for an operator
 * @param fields the same as fields of a JSON object
 * @param reason why it stays; empty when it is to be removed
 * @param removal removes it; false when it was gone already
 */
record Leftover(String what, Fields fields, Optional<String> reason, BooleanSupplier removal) {

  /** Writes fields of an object that is begun. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** Whether a hook itself holds a program that a killed process left there. */
  static boolean isOnHook(AttachedProgram program) {
    return program.linkId().isEmpty() && isLeftBehind(program);
  }

  /** Whether a process left a program without a word that it should stay. */
  static boolean isLeftBehind(AttachedProgram program) {
    return program.loadedBy().filter(LoadedBy::leftBehind).isPresent();
  }

  /** Whoever has the program of a dead process open is still at work with it. */
  static Optional<String> heldBy(AttachedProgram program) {
    return program.holders().stream()
        .findFirst()
        .map(holder -> "a process still holds it: " + holder);
  }
}
