/**
 * Maps: what kernel and BPF programs share with this process, each type with the operations that it
 * has.
 *
 * <pre>
 *   Java values     TypedHash&lt;K, V&gt;   PerCpuMap&lt;K, V&gt;   LpmTrie   TypedQueue   SockMap   …     by Codec
 *        │          LongMap   PerCpuLongMap   Counters                                     numbers
 *        ▼
 *   bytes           RawMap: lookup, update, delete, walk, batches       the caller's segments
 *        │          EntryCursor: all entries, in the fewest system calls
 *        ▼
 *   bpf(2)          BpfMap: of an object;  OwnedBpfMap: made, or opened by pin or id
 * </pre>
 *
 * <pre>{@code
 * TypedHash<Flow, Usage> flows = object.map("flows").hash(flowCodec, usageCodec);
 * flows.lookup(flow).ifPresent(usage -> …);
 * for (Map.Entry<Flow, Usage> entry : flows.snapshot()) { … }
 * Snapshot<Flow, Usage> taken = flows.drain();
 * }</pre>
 *
 * <h2>Which view for which type</h2>
 *
 * <p>The methods of {@link io.github.bpf4j.map.MapViews}, which every {@code BpfMap} has, make the
 * views. A view that does not fit the map is refused at once, with what the map is; an operation
 * that a type does not have is no method of its view.
 *
 * <table>
 * <caption>Types, views and operations</caption>
 * <tr><th>Type</th><th>View</th><th>Operations</th></tr>
 * <tr><td>HASH, LRU_HASH</td><td>{@code hash(k, v)}, {@code longHash()}</td>
 *     <td>lookup, update (ANY, NO_EXIST, EXIST), delete, lookupAndDelete, updateAll, deleteAll,
 *     snapshot, forEach, drain</td></tr>
 * <tr><td>ARRAY</td><td>{@code array(v)}, {@code longs()}, {@code counters()}</td>
 *     <td>get, set, lookup, update, updateAll, snapshot, forEach</td></tr>
 * <tr><td>PERCPU_HASH, LRU_PERCPU_HASH</td><td>{@code perCpuHash(k, v)}, {@code perCpuLongs()}</td>
 *     <td>lookup of all CPUs or one, sum, max, reduce; update of all CPUs, each, one; delete,
 *     lookupAndDelete, batches, snapshot, drain</td></tr>
 * <tr><td>PERCPU_ARRAY</td><td>{@code perCpu(k, v)}, {@code perCpuLongs()}, {@code counters()}</td>
 *     <td>the same without delete and drain</td></tr>
 * <tr><td>LPM_TRIE</td><td>{@code lpmTrie(k, v)}</td>
 *     <td>lookup (longest prefix), update, delete (exactly), batches, snapshot</td></tr>
 * <tr><td>QUEUE, STACK</td><td>{@code queue(v)}</td><td>push, pushOver, pop, peek, drain</td></tr>
 * <tr><td>BLOOM_FILTER</td><td>{@code bloomFilter(v)}</td><td>add, mightContain</td></tr>
 * <tr><td>PROG_ARRAY</td><td>{@code programArray()}</td><td>set, clear, programId</td></tr>
 * <tr><td>PERF_EVENT_ARRAY</td><td>{@code perfEventArray()}; events:
 *     {@code io.github.bpf4j.event}</td><td>set, clear</td></tr>
 * <tr><td>CGROUP_ARRAY</td><td>{@code cgroupArray()}</td><td>set, clear</td></tr>
 * <tr><td>STACK_TRACE</td><td>{@code stackTraces()}, {@code stackFrames()}</td>
 *     <td>lookup, delete, snapshot</td></tr>
 * <tr><td>ARRAY_OF_MAPS</td><td>{@code arrayOfMaps()}</td><td>set, clear, mapId</td></tr>
 * <tr><td>HASH_OF_MAPS</td><td>{@code hashOfMaps(k)}</td>
 *     <td>update, delete, mapId, snapshot</td></tr>
 * <tr><td>DEVMAP</td><td>{@code devMap()}</td><td>set, clear, lookup, snapshot</td></tr>
 * <tr><td>DEVMAP_HASH</td><td>{@code devMapHash()}</td>
 *     <td>update, add, delete, lookup, snapshot</td></tr>
 * <tr><td>CPUMAP</td><td>{@code cpuMap()}</td><td>set, clear, lookup, snapshot</td></tr>
 * <tr><td>XSKMAP</td><td>{@code xskMap()}</td><td>set, clear</td></tr>
 * <tr><td>SOCKMAP</td><td>{@code sockMap()}</td><td>set, clear, cookie</td></tr>
 * <tr><td>SOCKHASH</td><td>{@code sockHash(k)}</td><td>update, delete, cookie, snapshot</td></tr>
 * <tr><td>REUSEPORT_SOCKARRAY</td><td>{@code reuseportSockArray()}</td>
 *     <td>set, clear, cookie</td></tr>
 * <tr><td>SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE</td>
 *     <td>{@code socketStorage(v)}, {@code inodeStorage(v)}, {@code taskStorage(v)}, {@code
 *     cgroupStorage(v)}</td><td>lookup, update, delete, by the owner</td></tr>
 * <tr><td>CGROUP_STORAGE</td><td>{@code typed(k, v)}</td>
 *     <td>lookup, update of what is there, snapshot</td></tr>
 * <tr><td>PERCPU_CGROUP_STORAGE</td><td>{@code perCpu(k, v)}</td><td>the same</td></tr>
 * <tr><td>ARENA</td><td>{@code BpfMap.arenaMemory()}</td><td>its pages as a segment</td></tr>
 * <tr><td>RINGBUF, USER_RINGBUF</td><td>{@code io.github.bpf4j.event}</td><td></td></tr>
 * <tr><td>STRUCT_OPS, and types that are newer than this library</td><td>{@code typed(k, v)} for
 *     the latter, {@link io.github.bpf4j.map.RawMap} for both</td>
 *     <td>whatever the kernel does</td></tr>
 * </table>
 *
 * <h2>Answers and errors</h2>
 *
 * <p>A key that is not there is an answer: an empty {@code Optional}, {@code false}, or the number
 * that the caller chose for it. So are NO_EXIST and EXIST that find it otherwise. A map that is
 * full is a {@link io.github.bpf4j.error.BpfException} with errno E2BIG (a trie: ENOSPC) that says
 * how much it holds; what the kernel refuses for another reason says which, as far as the type and
 * the errno tell. A slot beyond the end of an array is an {@code IndexOutOfBoundsException}.
 *
 * <h2>Many threads</h2>
 *
 * <p>All views but {@link io.github.bpf4j.map.Counters} and {@link io.github.bpf4j.map.EntryCursor}
 * may be used by any number of threads at once. Each call takes scratch memory that no other call
 * has, and puts it back for the next: nothing is allocated in the long run, and nothing is kept for
 * threads that are gone. An entry is there or not, never half; but its value is copied without a
 * lock, and while others replace or remove entries of a hash, a lookup may rarely get the value of
 * another key, or a mixture. Snapshots in batches are free of that. Where single lookups must be,
 * or where programs change values in place, values need a {@code bpf_spin_lock}, and {@link
 * io.github.bpf4j.map.MapViews#locked}.
 *
 * <h2>What costs how much</h2>
 *
 * <p>Each call is one system call, and the views add little to it. {@code snapshot}, {@code
 * forEach}, {@code drain}, {@code updateAll} and {@code deleteAll} take one for thousands of
 * entries where kernel and type have batches. RawMap, EntryCursor, LongMap, PerCpuLongMap and
 * Counters make no objects; the others make those that they return, and what their codecs make.
 */
package io.github.bpf4j.map;
