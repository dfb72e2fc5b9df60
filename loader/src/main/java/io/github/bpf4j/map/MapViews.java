package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import java.nio.file.Path;
import java.util.List;

/**
 * The views of a map, one for what each family of types can do. Making one checks type and sizes,
 * and costs a little memory: make it once and keep it. A view lives as long as its map.
 *
 * <p>Each throws a {@link io.github.bpf4j.error.BpfException} when the map's type or sizes are
 * others, which says what they are.
 */
public interface MapViews extends RawMap {
  /** Keys and values of a hash, an array, or a map of unknown type: what all of them can. */
  default <K, V> TypedMap<K, V> typed(Codec<K> keys, Codec<V> values) {
    return new TypedMap<>(this, keys, values);
  }

  /** A {@code HASH} or {@code LRU_HASH}. */
  default <K, V> TypedHash<K, V> hash(Codec<K> keys, Codec<V> values) {
    return new TypedHash<>(this, keys, values);
  }

  /** An {@code ARRAY}. */
  default <V> TypedArray<V> array(Codec<V> values) {
    return new TypedArray<>(this, values);
  }

  /** A {@code HASH}, {@code LRU_HASH} or {@code ARRAY} of numbers; allocates nothing. */
  default LongMap longs() {
    return new LongMap(this);
  }

  /** A {@code HASH} or {@code LRU_HASH} of numbers; allocates nothing. */
  default LongHash longHash() {
    return new LongHash(this);
  }

  /** A per-CPU map: values of one CPU each. */
  default <K, V> PerCpuMap<K, V> perCpu(Codec<K> keys, Codec<V> values) {
    return new PerCpuMap<>(this, keys, values);
  }

  /** A {@code PERCPU_HASH} or {@code LRU_PERCPU_HASH}. */
  default <K, V> PerCpuHash<K, V> perCpuHash(Codec<K> keys, Codec<V> values) {
    return new PerCpuHash<>(this, keys, values);
  }

  /** A per-CPU map of numbers; allocates nothing. */
  default PerCpuLongMap perCpuLongs() {
    return new PerCpuLongMap(this);
  }

  /** All counters of an {@code ARRAY} or {@code PERCPU_ARRAY} at once, summed over the CPUs. */
  default Counters counters() {
    return new Counters(this);
  }

  /** The same of a member of the values, of 1, 2, 4 or 8 bytes. */
  default Counters counters(int offset, int bytes) {
    return new Counters(this, offset, bytes);
  }

  /** An {@code LPM_TRIE}. */
  default <K, V> LpmTrie<K, V> lpmTrie(Codec<K> prefixes, Codec<V> values) {
    return new LpmTrie<>(this, prefixes, values);
  }

  /** A {@code QUEUE} or {@code STACK}. */
  default <V> TypedQueue<V> queue(Codec<V> values) {
    return new TypedQueue<>(this, values);
  }

  /** A {@code BLOOM_FILTER}. */
  default <V> BloomFilter<V> bloomFilter(Codec<V> values) {
    return new BloomFilter<>(this, values);
  }

  /** A {@code PROG_ARRAY}. */
  default ProgramArray programArray() {
    return new ProgramArray(this);
  }

  /** A {@code PERF_EVENT_ARRAY}. */
  default PerfEventArray perfEventArray() {
    return new PerfEventArray(this);
  }

  /** A {@code CGROUP_ARRAY}. */
  default CgroupArray cgroupArray() {
    return new CgroupArray(this);
  }

  /** An {@code ARRAY_OF_MAPS}. */
  default ArrayOfMaps arrayOfMaps() {
    return new ArrayOfMaps(this);
  }

  /** A {@code HASH_OF_MAPS}. */
  default <K> HashOfMaps<K> hashOfMaps(Codec<K> keys) {
    return new HashOfMaps<>(this, keys);
  }

  /** A {@code DEVMAP}. */
  default DevMap devMap() {
    return new DevMap(this);
  }

  /** A {@code DEVMAP_HASH}. */
  default DevMapHash devMapHash() {
    return new DevMapHash(this);
  }

  /** A {@code CPUMAP}. */
  default CpuMap cpuMap() {
    return new CpuMap(this);
  }

  /** An {@code XSKMAP}. */
  default XskMap xskMap() {
    return new XskMap(this);
  }

  /** A {@code SOCKMAP}. */
  default SockMap sockMap() {
    return new SockMap(this);
  }

  /** A {@code SOCKHASH}. */
  default <K> SockHash<K> sockHash(Codec<K> keys) {
    return new SockHash<>(this, keys);
  }

  /** A {@code REUSEPORT_SOCKARRAY}. */
  default ReuseportSockArray reuseportSockArray() {
    return new ReuseportSockArray(this);
  }

  /** A {@code SK_STORAGE}. */
  default <V> LocalStorage<Descriptor, V> socketStorage(Codec<V> values) {
    return LocalStorage.ofSockets(this, values);
  }

  /** An {@code INODE_STORAGE}. */
  default <V> LocalStorage<Path, V> inodeStorage(Codec<V> values) {
    return LocalStorage.ofInodes(this, values);
  }

  /** A {@code TASK_STORAGE}. */
  default <V> LocalStorage<ProcessHandle, V> taskStorage(Codec<V> values) {
    return LocalStorage.ofTasks(this, values);
  }

  /** A {@code CGRP_STORAGE}. */
  default <V> LocalStorage<Path, V> cgroupStorage(Codec<V> values) {
    return LocalStorage.ofCgroups(this, values);
  }

  /** A {@code STACK_TRACE} of addresses. */
  default StackTraces<long[]> stackTraces() {
    return StackTraces.addresses(this);
  }

  /** A {@code STACK_TRACE} of build ids and offsets ({@code BPF_F_STACK_BUILD_ID}). */
  default StackTraces<List<StackTraces.Frame>> stackFrames() {
    return StackTraces.frames(this);
  }

  /**
   * The same map, whose lookups and updates hold the {@code bpf_spin_lock} in the value ({@code
   * BPF_F_LOCK}, kernel 5.1): values of several words are read and written whole, while programs
   * that take the lock change them. The bytes of the lock itself are read as zeros and left alone.
   * Without a lock in the value the kernel refuses each call with EINVAL.
   */
  default MapViews locked() {
    return new LockedMap(this);
  }
}
