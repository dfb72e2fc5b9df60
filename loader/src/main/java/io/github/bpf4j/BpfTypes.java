package io.github.bpf4j;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.btf.CTypes;
import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.Place;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.uapi.MapInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The C types that an object, or the kernel, describes by its BTF, by name.
 *
 * <pre>{@code
 * record Event(int pid, String comm) {}          // struct event { __u32 pid; char comm[16]; };
 * Codec<Event> events = object.types().record("event", Event.class);
 * }</pre>
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class BpfTypes {
  private static final int MOST_LISTED = 40;
  private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

  private final String owner;
  private final Supplier<Btf> source;
  private @Nullable Btf parsed;
  private final CTypes described = new CTypes();

  private BpfTypes(String owner, Supplier<Btf> source) {
    this.owner = owner;
    this.source = source;
  }

  /** The types of an object file, parsed when they are asked for. */
  static BpfTypes of(ElfObject object) {
    String owner = "object " + object.name();
    ElfSection section = object.section(Btf.SECTION);
    if (section == null) {
      return new BpfTypes(owner, () -> none(owner));
    }
    // A copy, because the file may be far larger and would be kept.
    int start = section.offset();
    byte[] bytes = Arrays.copyOfRange(object.file(), start, start + (int) section.size());
    Place place = object.place(section);
    return new BpfTypes(owner, () -> Btf.parse(bytes, object.order(), place));
  }

  /** Types from bytes that the kernel gave. */
  static BpfTypes of(String owner, byte[] bytes) {
    Place place = new Place(owner, "BTF");
    return new BpfTypes(owner, () -> Btf.parse(bytes, ByteOrder.nativeOrder(), place));
  }

  /**
   * The types of the running kernel, from {@code /sys/kernel/btf/vmlinux}; a few MiB, read anew at
   * each call.
   *
   * @throws io.github.bpf4j.error.BpfUnsupportedException when it was built without BTF ({@code
   *     CONFIG_DEBUG_INFO_BTF}; kernel 5.4)
   */
  public static BpfTypes ofKernel() {
    try {
      return of("the kernel", Files.readAllBytes(KERNEL));
    } catch (NoSuchFileException e) {
      throw new BpfUnsupportedException(
          Failure.of("read", KERNEL.toString(), "this kernel has no BTF")
              .hint("it takes one built with CONFIG_DEBUG_INFO_BTF=y"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A type that a map's own BTF has. */
  static Optional<CType> ofMap(MapInfo map, int typeId) {
    if (typeId == 0) {
      return Optional.empty();
    }
    Optional<Fd> opened = KernelObjects.openBtf(map.btfId());
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Fd fd = opened.get()) {
      byte[] bytes = KernelObjects.btfData(fd.number());
      return Optional.of(of("map " + map.name(), bytes).of(typeId));
    }
  }

  private static Btf none(String owner) {
    throw new BpfException(
        Failure.of("read", "types of " + owner, "it has no BTF")
            .hint("compile it with -g, or describe the struct by a memory layout: Codec.record"));
  }

  private synchronized Btf btf() {
    if (parsed == null) {
      parsed = source.get();
    }
    return parsed;
  }

  /**
   * A struct or union by its tag or typedef.
   *
   * @throws BpfException when there is none, and lists those that exist; or when there is no BTF
   */
  public CStruct struct(String name) {
    BtfType found = find(name);
    if (found == null || !(of(found) instanceof CStruct struct)) {
      throw new BpfException(
          Failure.of("find", "struct " + name + " of " + owner, "there is no such struct")
              .hint(listed(structs())));
    }
    return struct;
  }

  /** A kernel has thousands. */
  private static String listed(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(names.size(), MOST_LISTED)));
    return "there are: " + some + (names.size() > MOST_LISTED ? ", …" : "");
  }

  private @Nullable BtfType find(String name) {
    for (BtfKind kind : List.of(BtfKind.STRUCT, BtfKind.UNION, BtfKind.TYPEDEF)) {
      BtfType found = btf().find(kind, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The names of all structs and unions that have one, in the order of the object. */
  public List<String> structs() {
    List<String> names = new ArrayList<>();
    Btf btf = btf();
    for (int id = 1; id < btf.count(); id++) {
      if (btf.kind(id).isComposite() && !btf.name(id).isEmpty()) {
        names.add(btf.name(id));
      }
    }
    return names;
  }

  /**
   * Binds a record to a struct by the names of its members.
   *
   * @throws BpfException when there is no such struct
   * @throws io.github.bpf4j.error.BpfBindException when the two do not match: shows both sides
   */
  public <T extends Record> Codec<T> record(String struct, Class<T> type) {
    return Codec.record(type, struct(struct));
  }

  synchronized CType of(BtfType type) {
    return described.of(type);
  }

  /** A type by its id. */
  CType of(int id) {
    return of(btf().type(id));
  }
}
