package io.github.bpf4j.elf;

import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.error.Failure;

/**
 * A part of an object file, for the sentences that say where it is malformed.
 *
 * @param object the name that the object was opened by
 * @param part what the offsets count from, such as {@code "section .BTF"}
 */
public record Place(String object, String part) {
  /** A section of an object. */
  public static Place section(String object, String section) {
    return new Place(object, "section " + (section.isEmpty() ? "without a name" : section));
  }

  /**
   * What to throw when bytes are not what they must be.
   *
   * @param offset where, counted from the start of the part
   * @param found what is there
   * @param expected what should be there
   */
  public BpfObjectFormatException malformed(long offset, String found, String expected) {
    return new BpfObjectFormatException(
        Failure.of(
            "open",
            object,
            part + ", offset 0x" + Long.toHexString(offset) + ": " + found + ", not " + expected));
  }

  /** What to throw when the part as a whole is wrong. */
  public BpfObjectFormatException malformed(String found, String expected) {
    return new BpfObjectFormatException(
        Failure.of("open", object, part + ": " + found + ", not " + expected));
  }
}
