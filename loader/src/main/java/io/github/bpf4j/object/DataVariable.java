package io.github.bpf4j.object;

import io.github.bpf4j.ctype.CType;
import org.jspecify.annotations.Nullable;

/**
 * A variable in a section of data.
 *
 * @param section such as {@code ".bss"}
 * @param offset bytes from the start of the section
 * @param size in bytes
 * @param type what BTF says of it, or null where there is no BTF
 */
public record DataVariable(
    String name, String section, long offset, long size, @Nullable CType type) {}
