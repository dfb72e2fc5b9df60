package io.github.bpf4j.elf;

/**
 * A section header. Offset and size are known to lie inside the file, except that the size of a
 * {@link #NOBITS} section says only how many zero bytes it stands for.
 *
 * @param index its place in the section table
 * @param flags {@link #WRITE}, {@link #ALLOC}, {@link #EXECUTE}
 * @param link another section's index; which, depends on the type
 * @param info of a relocation section: the index of the section that it changes
 */
public record ElfSection(
    int index,
    String name,
    int type,
    long flags,
    int offset,
    long size,
    int link,
    int info,
    long align,
    long entrySize) {
  public static final int NULL = 0;
  public static final int PROGBITS = 1;
  public static final int SYMTAB = 2;
  public static final int STRTAB = 3;
  public static final int RELA = 4;
  public static final int NOBITS = 8;
  public static final int REL = 9;

  public static final int WRITE = 1;
  public static final int ALLOC = 2;
  public static final int EXECUTE = 4;

  public boolean isExecutable() {
    return type == PROGBITS && (flags & EXECUTE) != 0;
  }

  /** Whether the file holds its bytes. */
  public boolean hasBytes() {
    return type != NOBITS && type != NULL;
  }
}
