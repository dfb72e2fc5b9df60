package io.github.bpf4j.uapi;

import java.util.OptionalLong;

/**
 * What the kernel says of a map: {@code struct bpf_map_info} of {@code linux/bpf.h}, and what
 * {@code /proc/self/fdinfo} tells beyond it. What an older kernel does not know is 0.
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
 * @param ifindex the device that it is offloaded to, 0 for none
 * @param btfId the BTF object that describes keys and values, 0 for none
 * @param btfKeyTypeId the type of a key in it, 0 for none
 * @param btfValueTypeId the type of a value in it, 0 for none
 * @param btfVmlinuxValueTypeId of a {@code STRUCT_OPS} map: the type of its value in the kernel's
 *     own BTF
 * @param frozen whether user space may not write to it any more
 * @param memoryBytes what it takes of the kernel's memory; empty where /proc is not mounted
 * @param ownerType what programs a {@code PROG_ARRAY} takes; {@link BpfProgramType#UNSPEC} until
 *     the first, and for other maps
 * @param ownerJited whether those programs are compiled to machine code
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
    long extra,
    int ifindex,
    int btfId,
    int btfKeyTypeId,
    int btfValueTypeId,
    int btfVmlinuxValueTypeId,
    boolean frozen,
    OptionalLong memoryBytes,
    BpfProgramType ownerType,
    boolean ownerJited) {}
