package io.github.bpf4j.uapi;

/**
 * What the kernel says of a map: {@code struct bpf_map_info} of {@code linux/bpf.h}.
 *
 * @param id unique while the system runs, never 0
 * @param type {@link BpfMapType#UNKNOWN} where only {@code typeNumber} tells
 * @param typeNumber the kernel's number for the type
 * @param name at most 15 characters; longer names are cut by the kernel
 * @param keySize bytes of a key
 * @param valueSize bytes of a value; of one CPU's value in a per-CPU map
 * @param maxEntries how many entries it holds at most
 * @param flags {@code BPF_F_*} flags that it was made with; see {@link BpfMapFlag}
 * @param extra {@code map_extra}: a bloom filter's hash functions, an arena's address (kernel 5.16)
 */
public record MapInfo(
    int id,
    BpfMapType type,
    int typeNumber,
    String name,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    long extra) {}
