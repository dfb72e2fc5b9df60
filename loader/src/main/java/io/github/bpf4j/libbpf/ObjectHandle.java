package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.Downcall;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * {@code struct bpf_object}: opened from bytes, loaded once, closed when the last user has left.
 *
 * <p>Thread safety: {@link #open} to {@link #load} belong to one thread; afterwards all methods may
 * be called from any thread.
 */
public final class ObjectHandle {
  private final String name;
  private final Arena arena;
  private final MemorySegment pointer;
  private final Lease lease;
  private final List<MapHandle> maps;
  private final Map<String, String> verifierLogs = new ConcurrentHashMap<>();
  private final Map<String, ProgramMark> marks = new ConcurrentHashMap<>();

  @SuppressWarnings("restricted") // binds the pointer to the arena that closes the object
  private ObjectHandle(String name, Arena arena, MemorySegment pointer) {
    this.name = name;
    this.arena = arena;
    this.pointer = pointer.reinterpret(arena, libbpf_h::bpf_object__close);
    this.lease = new Lease("object " + name, this::destroy);
    this.maps =
        walk(previous -> libbpf_h.bpf_object__next_map(this.pointer, previous)).stream()
            .map(map -> new MapHandle(this, map))
            .toList();
  }

  /**
   * Parses an object; nothing reaches the kernel yet.
   *
   * @param elf the bytes of the object file, copied
   * @param name becomes libbpf's object name: the prefix of its internal maps ({@code NAME.data})
   */
  public static ObjectHandle open(byte[] elf, String name, ObjectSettings settings) {
    Libbpf.require();
    @SuppressWarnings("MustBeClosedChecker") // closed by the lease, or below
    Arena arena = Arena.ofShared();
    try {
      // libbpf reads the bytes later too, so they live as long as the object.
      MemorySegment bytes =
          arena.allocate(elf.length, Long.BYTES).copyFrom(MemorySegment.ofArray(elf));
      MemorySegment options = settings.options(name, arena);
      ObjectHandle handle = new ObjectHandle(name, arena, openMemory(bytes, options, name));
      handle.allPrograms().filter(ObjectHandle::isCalled).forEach(part -> part.setAutoload(false));
      return handle;
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment openMemory(MemorySegment bytes, MemorySegment options, String name) {
    return CapturedErrno.with(
        (_, errno) -> {
          MemorySegment object =
              Downcall.pointer(
                  CapturedErrno.call(
                      errno,
                      libbpf_h.bpf_object__open_mem$address(),
                      bytes,
                      CapturedErrno.word(bytes.byteSize()),
                      options));
          return Results.check(object, CapturedErrno.get(errno), "open", "object " + name);
        });
  }

  /**
   * Makes the maps and loads the programs.
   *
   * @throws io.github.bpf4j.error.BpfVerifierException when the verifier refuses a program
   */
  public void load() {
    Libbpf.require();
    try (VerifierLogs logs = new VerifierLogs(programs())) {
      int result = libbpf_h.bpf_object__load(pointer);
      if (result < 0) {
        throw LoadFailure.explain(name, -result, logs::of, needed());
      }
      logs.keep();
    }
  }

  /** What the verifier wrote of a program that it let pass. */
  String verifierLog(String program) {
    return verifierLogs.getOrDefault(program, "");
  }

  void keepVerifierLog(String program, String log) {
    verifierLogs.put(program, log);
  }

  private List<Capability> needed() {
    return Stream.concat(
            Stream.of(Capability.BPF),
            programs().stream()
                .filter(ProgramHandle::autoload)
                .map(program -> BpfProgramType.of(program.type()))
                .flatMap(type -> Capability.neededBy(type).stream()))
        .distinct()
        .toList();
  }

  /** The programs in the order of the object. */
  public List<ProgramHandle> programs() {
    return allPrograms().filter(program -> !isCalled(program)).toList();
  }

  private Stream<ProgramHandle> allPrograms() {
    return walk(previous -> libbpf_h.bpf_object__next_program(pointer, previous)).stream()
        .map(program -> new ProgramHandle(this, program));
  }

  /**
   * A function that programs call is no program. libbpf before 1.5 takes it for one when the object
   * has no other function, asks for its type, and copies it onto itself when it calls itself.
   */
  private static boolean isCalled(ProgramHandle program) {
    return program.section().equals(".text");
  }

  /**
   * The maps in the order of the object, libbpf's internal ones among them. Always the same ones,
   * under the names that the object gives them: libbpf renames a map that is reused.
   */
  public List<MapHandle> maps() {
    return maps;
  }

  @SuppressWarnings("restricted") // binds the pointer to the arena, so that use after close throws
  private List<MemorySegment> walk(UnaryOperator<MemorySegment> next) {
    List<MemorySegment> found = new ArrayList<>();
    MemorySegment current = next.apply(MemorySegment.NULL);
    while (current.address() != 0) {
      current = current.reinterpret(arena, null);
      found.add(current);
      current = next.apply(current);
    }
    return found;
  }

  /**
   * The object's BTF, a copy, with what libbpf wrote into it: where each variable stands in its
   * section. Empty when the object has none.
   */
  @SuppressWarnings("restricted") // libbpf tells the size
  public byte[] btf() {
    MemorySegment btf = libbpf_h.bpf_object__btf(pointer);
    if (btf.address() == 0) {
      return new byte[0];
    }
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment size = confined.allocate(ValueLayout.JAVA_INT);
      MemorySegment data = libbpf_h.btf__raw_data(btf, size);
      long bytes = data.address() == 0 ? 0 : size.get(ValueLayout.JAVA_INT, 0);
      return data.reinterpret(bytes).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private void destroy() {
    marks.values().forEach(ProgramMark::close);
    arena.close();
  }

  /** The one mark of a program, however many handles of it there are. */
  ProgramMark mark(String program) {
    return marks.computeIfAbsent(program, _ -> new ProgramMark());
  }

  public String name() {
    return name;
  }

  /** Keeps the object and its file descriptors while someone uses them. */
  public Lease lease() {
    return lease;
  }
}
