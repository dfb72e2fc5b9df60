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

  private OpenOptions(Legacy legacy) {
    this.legacy = legacy;
  }

  /** Old objects are upgraded. */
  public static OpenOptions defaults() {
    return new OpenOptions(Legacy.UPGRADE);
  }

  /** The same with another answer to old objects. */
  public OpenOptions legacy(Legacy newLegacy) {
    return new OpenOptions(newLegacy);
  }

  /** What to do with an object of before libbpf 1.0. */
  public Legacy legacy() {
    return legacy;
  }
}
