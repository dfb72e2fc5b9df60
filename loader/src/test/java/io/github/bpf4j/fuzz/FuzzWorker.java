package io.github.bpf4j.fuzz;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.OpenBpfMap;
import io.github.bpf4j.OpenBpfObject;
import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfObjectFormatException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Opens and loads the objects that come through standard input, as a user would, and answers each
 * with a letter. A process of its own, because libbpf may take it down.
 */
final class FuzzWorker {
  static final char READY = 'R';
  static final char MALFORMED = 'm';
  static final char REFUSED = 'r';
  static final char LARGE = 'l';
  static final char NOT_LOADED = 'n';
  static final char LOADED = 'y';
  static final char LEAKED = 'L';
  static final char THREW = 'T';

  /** The kernel would make larger maps, of which there may be many, and take a minute for each. */
  private static final double MOST_BYTES = 64 << 20;

  private static final long MOST_ELEMENTS = 1 << 16;

  private FuzzWorker() {}

  /** What becomes of an object. */
  interface Trial {
    char tryOut(byte[] object);
  }

  static void main() throws IOException {
    serve(FuzzWorker::tryOut);
  }

  /** Answers until there are no more objects. */
  static void serve(Trial trial) throws IOException {
    PrintStream out = System.out;
    try (DataInputStream in = new DataInputStream(System.in)) {
      out.print(READY);
      out.flush();
      while (true) {
        byte[] object = in.readNBytes(in.readInt());
        int before = descriptors();
        char result = trial.tryOut(object);
        out.print(result != THREW && descriptors() > before ? LEAKED : result);
        out.flush();
      }
    } catch (EOFException e) {
      // The parent has no more.
    }
  }

  private static char tryOut(byte[] bytes) {
    try {
      return open(bytes);
    } catch (BpfObjectFormatException e) {
      return MALFORMED;
    } catch (BpfException e) {
      return REFUSED;
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      return THREW;
    }
  }

  private static char open(byte[] bytes) {
    try (OpenBpfObject open = BpfObject.open(bytes, "fuzz")) {
      if (!isAffordable(bytes, open)) {
        return LARGE;
      }
      try (BpfObject object = open.load()) {
        object.programs().forEach(program -> program.info());
        return LOADED;
      } catch (BpfException e) {
        return NOT_LOADED;
      }
    }
  }

  private static boolean isAffordable(byte[] bytes, OpenBpfObject object) {
    return object.maps().stream().allMatch(map -> bytes(map) <= MOST_BYTES) && isAffordable(bytes);
  }

  private static double bytes(OpenBpfMap map) {
    double entry =
        (double) Integer.toUnsignedLong(map.keySize()) + Integer.toUnsignedLong(map.valueSize());
    return entry * Integer.toUnsignedLong(map.maxEntries());
  }

  /** Maps in maps cannot be asked: their numbers are the lengths of arrays, and sizes of types. */
  private static boolean isAffordable(byte[] bytes) {
    ElfObject object = ElfObject.parse(bytes, "fuzz");
    ElfSection section = object.section(Btf.SECTION);
    if (section == null) {
      return true;
    }
    Btf btf = Btf.parse(object, section);
    for (int id = 1; id < btf.count(); id++) {
      boolean array = btf.kind(id) == BtfKind.ARRAY;
      if (array ? btf.type(id).length() > MOST_ELEMENTS : btf.sizeOf(id) > MOST_BYTES) {
        return false;
      }
    }
    return true;
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}
