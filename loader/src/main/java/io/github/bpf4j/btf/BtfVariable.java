package io.github.bpf4j.btf;

/**
 * A variable in a section.
 *
 * @param variable of kind {@link BtfKind#VAR}, or {@link BtfKind#FUNC} for a function of the kernel
 * @param offset in the section; compilers leave it 0, because only the symbol table knows
 * @param size in bytes
 */
public record BtfVariable(BtfType variable, long offset, long size) {}
