package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A {@code STACK_TRACE}: stacks that programs put away by {@code bpf_get_stackid}, under the id
 * that it gave them. {@code max_entries} is no limit as in a hash: two stacks that fall on one id
 * contend for it.
 *
 * <pre>
 *   id ──▶ frames, the innermost first
 *            address                            of the kernel or of the process: {@link #addresses}
 *            build id of a file, offset in it   with BPF_F_STACK_BUILD_ID:       {@link #frames}
 * </pre>
 *
 * <p>Thread safety: all methods may be called from any thread.
 *
 * @param <F> what tells the frames of a stack
 */
public final class StackTraces<F> {
  private final Coded<Integer, F> coded;

  private StackTraces(RawMap map, Codec<F> frames) {
    Requirement.type(map, "stack traces", BpfMapType.STACK_TRACE);
    this.coded = new Coded<>(map, Codec.s32(), frames);
  }

  /** Stacks as addresses. */
  public static StackTraces<long[]> addresses(RawMap map) {
    return new StackTraces<>(map, new Addresses(map.valueSize()));
  }

  /**
   * Stacks of processes as places in files: of a map made with {@code BPF_F_STACK_BUILD_ID} (kernel
   * 4.17).
   */
  public static StackTraces<List<Frame>> frames(RawMap map) {
    if (map.valueSize() % Frames.BYTES != 0) {
      throw Requirement.refused(
          map, "stack traces", "its values, of " + map.valueSize() + " bytes, are no build ids");
    }
    return new StackTraces<>(map, new Frames(map.valueSize()));
  }

  /**
   * A frame: {@code struct bpf_stack_build_id}.
   *
   * @param buildId of the file in hexadecimal; empty where the kernel found none
   * @param offset in that file; the address where there is none
   */
  public record Frame(String buildId, long offset) {}

  /** Reads a stack; empty when there is none of that id. */
  public Optional<F> lookup(int id) {
    return coded.lookup(id);
  }

  /** Forgets a stack; false when there is none of that id. */
  public boolean delete(int id) {
    return coded.delete(id);
  }

  /** All stacks by id; see {@link EntryCursor}. */
  public Snapshot<Integer, F> snapshot() {
    return coded.snapshot();
  }

  /** {@code __u64 ip[]}, up to the first 0. */
  private record Addresses(int size) implements Codec<long[]> {
    @Override
    public long[] read(MemorySegment segment, long offset) {
      long[] all = segment.asSlice(offset, size).toArray(ValueLayout.JAVA_LONG);
      int depth = 0;
      while (depth < all.length && all[depth] != 0) {
        depth++;
      }
      return Arrays.copyOf(all, depth);
    }

    @Override
    public void write(MemorySegment segment, long offset, long[] value) {
      throw new UnsupportedOperationException("only programs write stack traces");
    }
  }

  /** {@code struct bpf_stack_build_id[]}, up to the first empty one. */
  private record Frames(int size) implements Codec<List<Frame>> {
    static final int BYTES = 32;
    private static final int BUILD_ID = Integer.BYTES;
    private static final int BUILD_ID_BYTES = 20;
    private static final int OFFSET = BUILD_ID + BUILD_ID_BYTES;
    private static final int EMPTY = 0;
    private static final int VALID = 1;

    @Override
    public List<Frame> read(MemorySegment segment, long offset) {
      return LongStream.iterate(offset, at -> at < offset + size, at -> at + BYTES)
          .takeWhile(at -> segment.get(ValueLayout.JAVA_INT, at) != EMPTY)
          .mapToObj(at -> frame(segment, at))
          .toList();
    }

    private static Frame frame(MemorySegment segment, long at) {
      byte[] buildId =
          segment.asSlice(at + BUILD_ID, BUILD_ID_BYTES).toArray(ValueLayout.JAVA_BYTE);
      boolean valid = segment.get(ValueLayout.JAVA_INT, at) == VALID;
      return new Frame(
          valid ? HexFormat.of().formatHex(buildId) : "",
          segment.get(ValueLayout.JAVA_LONG, at + OFFSET));
    }

    @Override
    public void write(MemorySegment segment, long offset, List<Frame> value) {
      throw new UnsupportedOperationException("only programs write stack traces");
    }
  }
}
