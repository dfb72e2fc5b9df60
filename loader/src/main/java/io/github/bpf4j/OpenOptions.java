package io.github.bpf4j;

/**
 * How an object is opened.
 *
 * <pre>{@code
 * BpfObject.open(file, OpenOptions.defaults().legacy(OpenOptions.Legacy.REFUSE));
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
  private final String kconfig;

  private OpenOptions(Legacy legacy, String kconfig) {
    this.legacy = legacy;
    this.kconfig = kconfig;
  }

  /** Old objects are upgraded. */
  public static OpenOptions defaults() {
    return new OpenOptions(Legacy.UPGRADE, "");
  }

  /** The same with another answer to old objects. */
  public OpenOptions legacy(Legacy newLegacy) {
    return new OpenOptions(newLegacy, kconfig);
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
    return new OpenOptions(legacy, lines);
  }

  /** Values for {@code __kconfig} variables; empty for the running kernel's only. */
  public String kconfig() {
    return kconfig;
  }
}
