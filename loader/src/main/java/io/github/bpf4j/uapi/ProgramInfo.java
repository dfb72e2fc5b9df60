package io.github.bpf4j.uapi;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the kernel says of a loaded program: {@code struct bpf_prog_info} of {@code linux/bpf.h},
 * and the memory that {@code /proc/self/fdinfo} tells. What an older kernel does not know is 0.
 *
 * @param id unique while the system runs, never 0
 * @param type {@link BpfProgramType#UNKNOWN} where only {@code typeNumber} tells
 * @param typeNumber the kernel's number for the type
 * @param name at most 15 characters; longer names are cut by the kernel
 * @param tag a digest of the instructions, 16 hexadecimal digits
 * @param gplCompatible whether its license lets it call the helpers that want GPL
 * @param loadedAfterBoot when it was loaded, as time since boot (CLOCK_BOOTTIME); {@code
 *     BpfSystem.bootTime} leads to the wall clock
 * @param uid the user that loaded it
 * @param translatedBytes of the instructions after the verifier rewrote them, 8 each; 0 without
 *     CAP_BPF
 * @param jitedBytes of the machine code; 0 when it is interpreted, and without CAP_BPF
 * @param memoryBytes what it takes of the kernel's memory, whole pages; empty where /proc is not
 *     mounted
 * @param verifiedInstructions how many the verifier walked through, branches each time (kernel
 *     5.16)
 * @param mapIds the maps that it uses
 * @param btfId the BTF object of its functions and lines, 0 for none
 * @param attachBtfObjectId the BTF object that it was loaded for, 0 for none (kernel 5.18)
 * @param attachBtfTypeId the type in it: the function, tracepoint or LSM hook (kernel 5.18)
 * @param ifindex the device that it is bound or offloaded to, 0 for none
 * @param runTime time spent in it, while somebody had run statistics enabled
 * @param runCount how often it ran, while somebody had run statistics enabled
 * @param recursionMisses how often it did not run because it would have interrupted itself (kernel
 *     5.12)
 */
public record ProgramInfo(
    int id,
    BpfProgramType type,
    int typeNumber,
    String name,
    String tag,
    boolean gplCompatible,
    Duration loadedAfterBoot,
    int uid,
    int translatedBytes,
    int jitedBytes,
    OptionalLong memoryBytes,
    int verifiedInstructions,
    List<Integer> mapIds,
    int btfId,
    int attachBtfObjectId,
    int attachBtfTypeId,
    int ifindex,
    Duration runTime,
    long runCount,
    long recursionMisses) {
  public ProgramInfo {
    mapIds = List.copyOf(mapIds);
  }
}
