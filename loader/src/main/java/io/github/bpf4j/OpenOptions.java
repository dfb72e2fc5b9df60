package io.github.bpf4j;

import io.github.bpf4j.libbpf.ObjectSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an object is opened.
 *
 * <pre>{@code
 * BpfObject.open(file, OpenOptions.defaults().legacy(OpenOptions.Legacy.REFUSE));
 * BpfObject.open(file, OpenOptions.defaults().kernelBtf(Path.of("5.4.0-91-generic.btf")));
 * }</pre>
 *
 * <p>Immutable: each method returns other options.
 */
public final class OpenOptions {

  /** What to do with an object of before libbpf 1.0. */
  public enum Legacy {
    /**
     * Make it one of today's, in memory: maps of {@code struct bpf_map_def SEC("maps")} and
     * iproute2's are defined by BTF, a section such as {@code xdp1} gives a program its type as it
     * used to, and sizes that the kernel refuses are mended. Each change is logged at INFO.
     */
    UPGRADE,
    /** Leave it as it is: libbpf 1.0 and later refuses it. */
    REFUSE
  }

  private final Legacy legacy;
  private final ObjectSettings settings;

  private OpenOptions(Legacy legacy, ObjectSettings settings) {
    this.legacy = legacy;
    this.settings = settings;
  }

  /** Old objects are upgraded; kernel and host are the running ones. */
  public static OpenOptions defaults() {
    return new OpenOptions(Legacy.UPGRADE, ObjectSettings.DEFAULTS);
  }

  /** The same with another answer to old objects. */
  public OpenOptions legacy(Legacy newLegacy) {
    return new OpenOptions(newLegacy, settings);
  }

  /** What to do with an object of before libbpf 1.0. */
  public Legacy legacy() {
    return legacy;
  }

  /**
   * The same with other values for variables that are {@code __kconfig}: lines as in a kernel's
   * {@code .config}, such as {@code "CONFIG_HZ=250\nCONFIG_NET=y"}. They count more than those of
   * the running kernel, which libbpf reads from {@code /boot} or {@code /proc/config.gz}.
   */
  public OpenOptions kconfig(String lines) {
    return new OpenOptions(legacy, settings.withKconfig(lines));
  }

  /** Values for {@code __kconfig} variables; empty for the running kernel's only. */
  public String kconfig() {
    return settings.kconfig();
  }

  /**
   * The same with the kernel's types from a file, for CO-RE on a kernel that does not tell them
   * ({@code CONFIG_DEBUG_INFO_BTF} is not set). The kernel itself still has none: programs that
   * take its own types, such as fentry, do not load there.
   *
   * @param file raw BTF, as {@code pahole --btf_encode_detached} and {@code bpftool gen
   *     min_core_btf} write it; read and checked when the object is opened, and again by libbpf at
   *     the load
   */
  public OpenOptions kernelBtf(Path file) {
    return new OpenOptions(legacy, settings.withKernelBtf(file));
  }

  /** The file with the kernel's types; empty for those that the kernel tells. */
  public Optional<Path> kernelBtf() {
    return settings.kernelBtf();
  }

  /**
   * The same with what a bpf file system delegates: inside of a user namespace, in which no
   * capability lets anyone load, a token from there does (libbpf 1.5, kernel 6.9). Whoever set up
   * the namespace mounted it with {@code delegate_cmds}, {@code delegate_maps}, {@code
   * delegate_progs} and {@code delegate_attachs}. libbpf itself looks for one at {@code
   * /sys/fs/bpf}, and goes on without it; one that is named here has to be there.
   *
   * @param fileSystem where it is mounted
   */
  public OpenOptions tokenFrom(Path fileSystem) {
    return new OpenOptions(legacy, settings.withTokenFrom(fileSystem));
  }

  /** The bpf file system that delegates; empty when none is named. */
  public Optional<Path> tokenFrom() {
    return settings.tokenFrom();
  }

  ObjectSettings settings() {
    return settings;
  }
}
