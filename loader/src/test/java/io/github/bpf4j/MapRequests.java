package io.github.bpf4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames that tell a test's BPF program what to do: a key and a value behind the header. */
final class MapRequests {
  /** What the programs answer where there is no entry. */
  static final int NOTHING = 0xffff;

  private static final int FRAME = 64;
  private static final int HEADER = 14;

  private MapRequests() {}

  static RunInput of(int key, long value) {
    ByteBuffer frame = ByteBuffer.allocate(FRAME).order(ByteOrder.nativeOrder());
    frame.putInt(HEADER, key).putLong(HEADER + 8, value);
    return RunInput.packet(frame.array());
  }

  static RunInput of(int key) {
    return of(key, 0);
  }

  /** What a program of an object answers. */
  static int run(BpfObject object, String program, int key, long value) {
    return object.program(program).run(of(key, value)).verdict();
  }

  static int run(BpfObject object, String program, int key) {
    return run(object, program, key, 0);
  }
}
