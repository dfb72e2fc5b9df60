/**
 * Object files before libbpf sees them: is this a BPF object for this machine? Pure Java; not
 * exported.
 */
package io.github.bpf4j.elf;
