/**
 * Object files of either byte order, read strictly: sections, symbols, relocations. Pure Java; not
 * exported.
 */
package io.github.bpf4j.elf;
