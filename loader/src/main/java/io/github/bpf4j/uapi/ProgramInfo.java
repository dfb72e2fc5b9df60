package io.github.bpf4j.uapi;

import java.time.Duration;
import java.util.List;

/**
 * What the kernel says of a loaded program: {@code struct bpf_prog_info} of {@code linux/bpf.h}.
 *
 * @param id unique while the system runs, never 0
 * @param type {@link BpfProgramType#UNKNOWN} where only {@code typeNumber} tells
 * @param typeNumber the kernel's number for the type
 * @param name at most 15 characters; longer names are cut by the kernel
 * @param tag a digest of the instructions, 16 hexadecimal digits
 * @param loadedAfterBoot when it was loaded, as time since boot (CLOCK_BOOTTIME)
 * @param uid the user that loaded it
 * @param mapIds the maps that it uses
 * @param ifindex the device that it is offloaded to, 0 for none
 */
public record ProgramInfo(
    int id,
    BpfProgramType type,
    int typeNumber,
    String name,
    String tag,
    Duration loadedAfterBoot,
    int uid,
    List<Integer> mapIds,
    int ifindex) {
  public ProgramInfo {
    mapIds = List.copyOf(mapIds);
  }
}
