package io.github.bpf4j.elf;

/**
 * An entry of the symbol table. Value and size are known to lie inside the section, where there is
 * one.
 *
 * @param index its place in the symbol table
 * @param value the offset in its section
 * @param section a section's index, {@link #UNDEFINED} or a reserved number such as {@link
 *     #ABSOLUTE}
 */
public record ElfSymbol(
    int index,
    String name,
    long value,
    long size,
    int type,
    int binding,
    int visibility,
    int section) {
  public static final int NOTYPE = 0;
  public static final int OBJECT = 1;
  public static final int FUNCTION = 2;
  public static final int SECTION = 3;
  public static final int FILE = 4;

  public static final int LOCAL = 0;
  public static final int GLOBAL = 1;
  public static final int WEAK = 2;

  public static final int UNDEFINED = 0;
  public static final int FIRST_RESERVED = 0xff00;
  public static final int ABSOLUTE = 0xfff1;
  public static final int COMMON = 0xfff2;

  /** Whether it stands for something in a section of this file. */
  public boolean isDefined() {
    return section != UNDEFINED && section < FIRST_RESERVED;
  }
}
