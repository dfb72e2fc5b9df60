package io.github.bpf4j.uapi;

/**
 * What the kernel says of a BTF object, the types of a program, a map, a module or the kernel:
 * {@code struct bpf_btf_info} of {@code linux/bpf.h} (name and {@code kernel}: 5.11).
 *
 * @param id unique while the system runs, never 0
 * @param name {@code "vmlinux"} or the module's; empty for what a process loaded
 * @param size bytes of the raw data
 * @param kernel whether it is the kernel's own or a module's
 */
public record BtfInfo(int id, String name, int size, boolean kernel) {}
