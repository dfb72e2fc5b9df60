package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.BpfVerifierException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.libbpf.ObjectHandle;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.system.FeatureProbes;
import io.github.bpf4j.system.Support.Answer;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;

/**
 * Types of maps and programs that this kernel does not have. It says no more than EINVAL; asked for
 * each type by itself ({@link FeatureProbes}), it tells which one it meant.
 */
final class MissingTypes {
  private MissingTypes() {}

  /** The reason why an object was refused, when it is this one; otherwise the same exception. */
  static BpfException explain(BpfException refused, ObjectHandle object) {
    if (mayBeMeant(refused)) {
      for (MapHandle map : object.maps()) {
        BpfMapType type = BpfMapType.of(map.type());
        if (map.autocreate() && isMissing(type)) {
          return missing(refused, "maps of type " + type + ", such as map " + map.name());
        }
      }
      for (ProgramHandle program : object.programs()) {
        BpfProgramType type = BpfProgramType.of(program.type());
        if (program.autoload() && isMissing(type)) {
          return missing(
              refused, "programs of type " + type + ", such as program " + program.name());
        }
      }
    }
    return refused;
  }

  /** The reason why a map was refused, when it is this one; otherwise the same exception. */
  static BpfException explain(BpfException refused, BpfMapType type) {
    return mayBeMeant(refused) && isMissing(type)
        ? missing(refused, "maps of type " + type)
        : refused;
  }

  private static boolean mayBeMeant(BpfException refused) {
    return refused.errno().orElse(0) == Errno.EINVAL && !(refused instanceof BpfVerifierException);
  }

  private static boolean isMissing(BpfMapType type) {
    return type != BpfMapType.UNSPEC
        && type != BpfMapType.UNKNOWN
        && FeatureProbes.mapType(type).answer() == Answer.NO;
  }

  private static boolean isMissing(BpfProgramType type) {
    return type != BpfProgramType.UNSPEC
        && type != BpfProgramType.UNKNOWN
        && FeatureProbes.programType(type).answer() == Answer.NO;
  }

  private static BpfUnsupportedException missing(BpfException refused, String what) {
    return new BpfUnsupportedException(
        Failure.of(refused.operation(), refused.subject(), Errno.EINVAL)
            .because("this kernel has no " + what)
            .log(refused.log()));
  }
}
