package io.github.bpf4j.map;

import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through all entries of a map, in as few system calls as kernel and type allow.
 *
 * <pre>
 *   kernel   | entry | entry | entry | entry | entry | …
 *               └── one system call ──┘   └── the next ──┘
 *                          ▼
 *   chunk    keys   | k0 | k1 | k2 | …        in memory of the cursor's own
 *            values | v0 | v1 | v2 | …
 *                          ▲
 *   next() ────────────────┘  keys() at keyOffset(), values() at valueOffset()
 * </pre>
 *
 * <pre>{@code
 * EntryCursor cursor = EntryCursor.reading(map);
 * while (cursor.next()) {
 *   int key = cursor.keys().get(ValueLayout.JAVA_INT, cursor.keyOffset());
 *   long value = cursor.values().get(ValueLayout.JAVA_LONG, cursor.valueOffset());
 * }
 * boolean all = cursor.isComplete();
 * cursor.rewind();     // and once more: nothing is allocated again
 * }</pre>
 *
 * <h2>While others change the map</h2>
 *
 * <p>No key comes twice, and the cursor comes to an end whatever others do. When {@link
 * #isComplete} says so, each entry that stayed in the map the whole time was met; entries that were
 * made or removed meanwhile may have been met or not, and values are as they were when they were
 * copied, each whole as far as the kernel copies it whole (see {@link RawMap}).
 *
 * <table>
 * <caption>How a map is read</caption>
 * <tr><th>Types</th><th>How</th><th>Under change</th></tr>
 * <tr><td>HASH, LRU_HASH, PERCPU_HASH, LRU_PERCPU_HASH, HASH_OF_MAPS</td>
 *     <td>batches (kernel 5.6), bucket by bucket</td><td>always complete</td></tr>
 * <tr><td>ARRAY, PERCPU_ARRAY (5.13)</td><td>batches, else slot by slot</td>
 *     <td>always complete</td></tr>
 * <tr><td>other arrays: DEVMAP, CPUMAP, PROG_ARRAY, …</td><td>slot by slot</td>
 *     <td>always complete</td></tr>
 * <tr><td>LPM_TRIE</td><td>batches, else key by key</td><td>a removed key sends the kernel back to
 *     the first: keys that were met already are left out, and one that has gone back too often gives
 *     up, incomplete</td></tr>
 * <tr><td>the rest, and hashes before 5.6</td><td>key by key</td><td>as with LPM_TRIE; and an entry
 *     of a hash that somebody writes at the wrong moment may be passed over, because the kernel puts
 *     it to the front of its bucket</td></tr>
 * </table>
 *
 * <p>Thread safety: one thread at a time; make one for each thread.
 */
public final class EntryCursor {
  /** How often a walk may meet as many keys as the map holds before it gives up. */
  private static final int ROUNDS = 4;

  private static final int LEAST_VISITS = 1000;

  private final RawMap map;
  private final boolean take;
  private final Chunk chunk;
  private Feed feed;
  private @Nullable KeySet met;
  private long mostVisits;
  private long visits;
  private int index = -1;
  private boolean more = true;
  private boolean complete;

  private EntryCursor(RawMap map, boolean take) {
    this.map = map;
    this.take = take;
    this.chunk = new Chunk(map);
    this.feed = hasBatches(map.type()) ? new BatchFeed(map, take) : withoutBatches();
    prepareFor(feed);
  }

  // A way that can lead back is made a way without repetition, and with an end.
  private void prepareFor(Feed way) {
    boolean straight = map.type().isIndexed() || (way instanceof BatchFeed && isHash(map.type()));
    met = straight || take ? null : new KeySet(map.keySize());
    mostVisits =
        straight
            ? Long.MAX_VALUE
            : LEAST_VISITS + ROUNDS * Integer.toUnsignedLong(map.maxEntries());
  }

  /** A cursor that reads and leaves everything as it is. */
  public static EntryCursor reading(RawMap map) {
    return new EntryCursor(map, false);
  }

  /**
   * A cursor that removes what it reads, each entry as one step: nothing that a BPF program adds to
   * it meanwhile is lost. For hashes. What was removed with a chunk and not met, because the caller
   * stopped early, is gone. Before kernel 5.6 an entry that is made again meanwhile is taken again.
   */
  public static EntryCursor draining(RawMap map) {
    return new EntryCursor(map, true);
  }

  private static boolean hasBatches(BpfMapType type) {
    return isHash(type)
        || switch (type) {
          case ARRAY, PERCPU_ARRAY, LPM_TRIE, UNKNOWN -> true;
          default -> false;
        };
  }

  private static boolean isHash(BpfMapType type) {
    return switch (type) {
      case HASH, LRU_HASH, PERCPU_HASH, LRU_PERCPU_HASH, HASH_OF_MAPS -> true;
      default -> false;
    };
  }

  private Feed withoutBatches() {
    if (take) {
      return new TakeFeed(map);
    }
    return map.type().isIndexed() ? new IndexFeed(map) : new WalkFeed(map);
  }

  /**
   * Goes to the next entry.
   *
   * @return false at the end
   */
  public boolean next() {
    do {
      while (++index >= chunk.count) {
        if (!fill()) {
          return false;
        }
      }
    } while (met != null && !met.add(chunk.keys(), chunk.keyOffset(index)));
    return true;
  }

  private boolean fill() {
    if (!more) {
      chunk.count = 0;
      return false;
    }
    more = feed.fill(chunk);
    index = -1;
    if (feed instanceof BatchFeed batches && !batches.isSupported()) {
      feed = withoutBatches();
      prepareFor(feed);
      more = true;
      return true;
    }
    visits += Math.max(1, chunk.steps);
    if (!more) {
      complete = true;
    } else if (map.type().isIndexed() && visits >= map.maxEntries()) {
      // The kernel would only say so in another call.
      more = false;
      complete = true;
    } else if (visits > mostVisits) {
      more = false;
    }
    return true;
  }

  /** The segment that holds the key; another one after a {@link #next}. */
  public MemorySegment keys() {
    return chunk.keys();
  }

  /** Where in {@link #keys} the key of the entry begins. */
  public long keyOffset() {
    return chunk.keyOffset(index);
  }

  /** The segment that holds the value. */
  public MemorySegment values() {
    return chunk.values();
  }

  /** Where in {@link #values} the value of the entry begins: {@link RawMap#valueBytes} bytes. */
  public long valueOffset() {
    return chunk.valueOffset(index);
  }

  /**
   * Whether, after {@link #next} was false, each entry that stayed in the map the whole time was
   * met.
   */
  public boolean isComplete() {
    return complete && index >= chunk.count;
  }

  /** Back to before the first entry. */
  public void rewind() {
    feed.rewind();
    if (met != null) {
      met.clear();
    }
    chunk.count = 0;
    index = -1;
    more = true;
    complete = false;
    visits = 0;
  }
}
