package io.github.bpf4j.uapi;

/**
 * What the kernel says of a link: {@code struct bpf_link_info} of {@code linux/bpf.h} (kernel 5.8).
 *
 * @param id unique while the system runs, never 0
 * @param type {@link BpfLinkType#UNKNOWN} where only {@code typeNumber} tells
 * @param typeNumber the kernel's number for the type
 * @param programId the program; 0 for a link of a struct_ops map
 * @param target what it is attached to
 */
public record LinkInfo(
    int id, BpfLinkType type, int typeNumber, int programId, LinkTarget target) {}
