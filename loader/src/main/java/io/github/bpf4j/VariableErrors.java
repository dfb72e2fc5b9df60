package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;

/** Says what a variable is not for, and what else to do. */
final class VariableErrors {
  private VariableErrors() {}

  private static String name(GlobalVariable variable) {
    return "variable " + variable;
  }

  /** Asked for an integer. */
  static IllegalStateException unfit(GlobalVariable variable, VariableShape shape) {
    String sentence;
    if (shape.integer()) {
      sentence = " is an array of " + shape.length() + ": give an index";
    } else if (variable.size() == 0) {
      sentence = " has no bytes";
    } else {
      sentence =
          " is no integer that the processor reads at once ("
              + variable.size()
              + " bytes): use a codec, such as codec(Class)";
    }
    return new IllegalStateException(name(variable) + sentence);
  }

  static IllegalStateException tooWide(GlobalVariable variable) {
    return new IllegalStateException(
        name(variable) + " has more bytes than an int: use getLong and setLong");
  }

  static IllegalStateException notAtomic(GlobalVariable variable) {
    return new IllegalStateException(
        name(variable)
            + " cannot be changed in place: that takes 4 or 8 bytes in this machine's byte order");
  }

  static IllegalArgumentException outOfRange(
      GlobalVariable variable, long value, IntegerElements elements) {
    return new IllegalArgumentException(
        value
            + " does not fit into variable "
            + variable
            + ": it must be between "
            + elements.least()
            + " and "
            + elements.most());
  }

  static IllegalArgumentException wrongSize(GlobalVariable variable, int codec, long size) {
    return new IllegalArgumentException(
        "a codec of " + codec + " bytes for " + size + " bytes of " + name(variable));
  }

  static IllegalStateException readOnly(GlobalVariable variable) {
    return new IllegalStateException(
        name(variable)
            + " can only be read once it is loaded: set it on the OpenBpfObject, before load()");
  }

  static BpfException untyped(GlobalVariable variable) {
    return new BpfException(
        Failure.of("bind a type to", "variable " + variable.name(), "the object has no BTF for it")
            .hint("compile it with -g, or use a codec that needs no type, such as Codec.u32()"));
  }
}
