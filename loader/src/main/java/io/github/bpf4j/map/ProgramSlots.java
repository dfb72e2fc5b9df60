package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map of numbers with a program each, which goes in as a descriptor and comes out as an id.
 *
 * <pre>
 *   │ __u32 number │ int fd / __u32 id │      the second half only where values have 8 bytes
 * </pre>
 */
final class ProgramSlots {
  private static final int PROGRAM = Integer.BYTES;
  private static final int WITH_PROGRAM = 2 * Integer.BYTES;

  /** As long as nobody has a descriptor of 0: what the kernel takes for none. */
  private static final int NO_PROGRAM = 0;

  private final String view;
  private final Coded<Integer, Entry> coded;

  ProgramSlots(RawMap map, String view, BpfMapType type) {
    Requirement.type(map, view, type);
    Requirement.keySize(map, view, Integer.BYTES);
    if (map.valueSize() != Integer.BYTES && map.valueSize() != WITH_PROGRAM) {
      throw Requirement.refused(
          map, view, "its values have " + map.valueSize() + " bytes, not 4 or 8");
    }
    this.view = view;
    this.coded = new Coded<>(map, Codec.s32(), new EntryCodec(map.valueSize()));
  }

  /**
   * What is at a key.
   *
   * @param programId on the way in: the descriptor
   */
  record Entry(int number, int programId) {}

  int slot(int index) {
    return Requirement.slot(coded.map, index);
  }

  boolean update(int key, int number, @Nullable Descriptor program, Update mode) {
    if (program == null) {
      return coded.update(key, new Entry(number, NO_PROGRAM), mode);
    }
    if (coded.values.size() < WITH_PROGRAM) {
      throw Requirement.refused(
          coded.map, view, "its values have 4 bytes, and no room for a program: it takes 8");
    }
    return program.withFd(fd -> coded.update(key, new Entry(number, fd), mode));
  }

  Optional<Entry> lookup(int key) {
    return coded.lookup(key);
  }

  boolean delete(int key) {
    return coded.delete(key);
  }

  <T> Snapshot<Integer, T> snapshot(Function<Entry, T> reading) {
    List<Map.Entry<Integer, T>> entries = new ArrayList<>();
    boolean complete =
        coded.forEach((key, entry) -> entries.add(Map.entry(key, reading.apply(entry))));
    return new Snapshot<>(coded.map.name(), entries, complete);
  }

  private record EntryCodec(int size) implements Codec<Entry> {
    @Override
    public Entry read(MemorySegment segment, long offset) {
      return new Entry(
          Codec.s32().read(segment, offset),
          size < WITH_PROGRAM ? NO_PROGRAM : Codec.s32().read(segment, offset + PROGRAM));
    }

    @Override
    public void write(MemorySegment segment, long offset, Entry entry) {
      Codec.s32().write(segment, offset, entry.number);
      if (size == WITH_PROGRAM) {
        Codec.s32().write(segment, offset + PROGRAM, entry.programId);
      }
    }
  }
}
