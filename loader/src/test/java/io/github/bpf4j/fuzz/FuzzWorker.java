package io.github.bpf4j.fuzz;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.libbpf.ObjectHandle;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Opens and loads objects that come through standard input, past the check, and answers each with a
 * byte: what became of it. A process of its own, because libbpf may take it down.
 */
final class FuzzWorker {
  static final char READY = 'R';
  static final char REFUSED = '0';
  static final char NOT_LOADED = '1';
  static final char LOADED = '2';
  static final char LEAKED = 'L';

  private static final int MOST_ENTRIES = 4096;

  private FuzzWorker() {}

  static void main() throws IOException {
    PrintStream out = System.out;
    try (DataInputStream in = new DataInputStream(System.in)) {
      out.print(READY);
      out.flush();
      while (true) {
        byte[] object = in.readNBytes(in.readInt());
        int before = descriptors();
        char result = open(object);
        out.print(descriptors() > before ? LEAKED : result);
        out.flush();
      }
    } catch (EOFException e) {
      // The parent has no more.
    }
  }

  private static char open(byte[] object) {
    ObjectHandle handle;
    try {
      handle = ObjectHandle.open(object, "fuzz");
    } catch (BpfException e) {
      return REFUSED;
    }
    try {
      handle.programs();
      handle.maps().forEach(FuzzWorker::limit);
      handle.load();
      return LOADED;
    } catch (BpfException e) {
      return NOT_LOADED;
    } finally {
      handle.lease().close();
    }
  }

  /** What a kernel does with half a billion entries takes a minute, and is not the question. */
  private static void limit(MapHandle map) {
    if (Integer.compareUnsigned(map.maxEntries(), MOST_ENTRIES) > 0) {
      map.setMaxEntries(MOST_ENTRIES);
    }
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}
