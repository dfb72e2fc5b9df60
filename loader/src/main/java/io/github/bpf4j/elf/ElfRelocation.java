package io.github.bpf4j.elf;

/**
 * A place where the address of a symbol goes.
 *
 * @param offset in the section that is changed, which is known to contain it
 * @param symbol an index of the symbol table
 * @param type one of the numbers below
 */
public record ElfRelocation(long offset, int symbol, int type) {
  public static final int NONE = 0;
  public static final int R_BPF_64_64 = 1;
  public static final int R_BPF_64_ABS64 = 2;
  public static final int R_BPF_64_ABS32 = 3;
  public static final int R_BPF_64_NODYLD32 = 4;
  public static final int R_BPF_64_32 = 10;
}
