package io.github.bpf4j;

import io.github.bpf4j.BpfMap.Access;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.MapMaker;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.MapInfo;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BpfMap#create} makes.
 *
 * <pre>{@code
 * MapSpec.of(BpfMapType.HASH, 4, 8, 1000).name("counts").flags(BpfMapFlag.NO_PREALLOC)
 * }</pre>
 *
 * <p>Immutable: each method returns another specification.
 */
public final class MapSpec {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.]{1,15}");

  private final BpfMapType type;
  private final int keySize;
  private final int valueSize;
  private final int maxEntries;
  private final String name;
  private final int flags;
  private final long extra;
  private final int numaNode;
  private final @Nullable BpfMap inner;

  private MapSpec(
      BpfMapType type,
      int keySize,
      int valueSize,
      int maxEntries,
      String name,
      int flags,
      long extra,
      int numaNode,
      @Nullable BpfMap inner) {
    this.type = type;
    this.keySize = keySize;
    this.valueSize = valueSize;
    this.maxEntries = maxEntries;
    this.name = name;
    this.flags = flags;
    this.extra = extra;
    this.numaNode = numaNode;
    this.inner = inner;
  }

  /**
   * A map of a type.
   *
   * @param keySize bytes of a key; 0 for a type without keys
   * @param valueSize bytes of a value; of one CPU's value in a per-CPU map
   * @param maxEntries how many entries it holds at most; bytes of a ring buffer, pages of an arena
   */
  public static MapSpec of(BpfMapType type, int keySize, int valueSize, int maxEntries) {
    if (type == BpfMapType.UNKNOWN) {
      throw new IllegalArgumentException("a map of type UNKNOWN cannot be made");
    }
    return new MapSpec(type, keySize, valueSize, maxEntries, "bpf4j", 0, 0, 0, null);
  }

  /** A map of the type, sizes and flags of another one. */
  public static MapSpec like(BpfMap map) {
    MapInfo info = map.info();
    return of(info.type(), info.keySize(), info.valueSize(), info.maxEntries())
        .flagBits(info.flags())
        .extra(info.extra());
  }

  /**
   * Names it; {@code "bpf4j"} otherwise.
   *
   * @param newName 1 to 15 letters, digits, dots and underscores, as the kernel takes them
   */
  public MapSpec name(String newName) {
    if (!NAME.matcher(newName).matches()) {
      throw new IllegalArgumentException(
          "the kernel takes 1 to 15 letters, digits, dots and underscores for a map's name, not \""
              + newName
              + '"');
    }
    return new MapSpec(
        type, keySize, valueSize, maxEntries, newName, flags, extra, numaNode, inner);
  }

  /** Adds flags. */
  public MapSpec flags(BpfMapFlag... more) {
    return flagBits(
        flags | Arrays.stream(more).mapToInt(BpfMapFlag::mask).reduce(0, (a, b) -> a | b));
  }

  private MapSpec flagBits(int bits) {
    return new MapSpec(type, keySize, valueSize, maxEntries, name, bits, extra, numaNode, inner);
  }

  /**
   * Sets {@code map_extra} (kernel 5.16): how many hash functions a bloom filter has (1 to 15, 5
   * otherwise), where an arena begins.
   */
  public MapSpec extra(long value) {
    return new MapSpec(type, keySize, valueSize, maxEntries, name, flags, value, numaNode, inner);
  }

  /** Puts it on a NUMA node. */
  public MapSpec numaNode(int node) {
    return new MapSpec(type, keySize, valueSize, maxEntries, name, flags, extra, node, inner)
        .flags(BpfMapFlag.NUMA_NODE);
  }

  /**
   * For a map of maps: the map whose type, sizes and flags all inner maps have. It is not put in,
   * and may be closed afterwards.
   */
  public MapSpec innerMap(BpfMap template) {
    return new MapSpec(
        type, keySize, valueSize, maxEntries, name, flags, extra, numaNode, template);
  }

  Access access() {
    return Access.of(flags);
  }

  Fd make() {
    MapMaker maker =
        new MapMaker(type.number(), name, keySize, valueSize, maxEntries)
            .flags(flags)
            .extra(extra)
            .numaNode(numaNode);
    try {
      return inner == null ? maker.create() : inner.withFd(fd -> maker.inner(fd).create());
    } catch (BpfException e) {
      throw MissingTypes.explain(e, type);
    }
  }
}
