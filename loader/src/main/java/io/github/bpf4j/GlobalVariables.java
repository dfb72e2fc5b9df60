package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.libbpf.ObjectHandle;
import io.github.bpf4j.object.DataVariable;
import io.github.bpf4j.object.DataVariables;
import io.github.bpf4j.uapi.BpfMapFlag;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The variables of an object that is open or loaded, and the memory that they are in; found and
 * mapped when they are first asked for.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
final class GlobalVariables {
  /** What a stage of an object's life decides: where the memory is. */
  private enum Stage {
    OPEN,
    LOADED
  }

  private final ObjectHandle object;
  private final List<DataVariable> symbols;
  private final Stage stage;
  private @Nullable List<DataVariable> described;
  private @Nullable List<GlobalVariable> variables;
  private @Nullable Arena arena;
  private boolean ended;

  private GlobalVariables(
      ObjectHandle object,
      List<DataVariable> symbols,
      Stage stage,
      @Nullable List<DataVariable> described) {
    this.object = object;
    this.symbols = symbols;
    this.stage = stage;
    this.described = described;
  }

  /**
   * Those of an object before its load.
   *
   * @param symbols what the symbol table says, for sections that BTF does not describe
   */
  static GlobalVariables of(ObjectHandle object, List<DataVariable> symbols) {
    GlobalVariables opened = new GlobalVariables(object, symbols, Stage.OPEN, null);
    opened.makeMappable();
    return opened;
  }

  /** Those of the same object after its load; these here are at an end. */
  synchronized GlobalVariables loaded() {
    return new GlobalVariables(object, symbols, Stage.LOADED, described);
  }

  /** All of them, by section and place. */
  synchronized List<GlobalVariable> all() {
    if (ended) {
      throw gone();
    }
    if (variables == null) {
      object.lease().acquire();
      try {
        variables = find();
      } finally {
        object.lease().release();
      }
    }
    return variables;
  }

  /** The one of a name. */
  GlobalVariable get(String name) {
    List<GlobalVariable> all = all();
    GlobalVariable found = Named.find(all, GlobalVariable::name, name, "variable", object.name());
    List<GlobalVariable> same =
        all.stream().filter(variable -> variable.name().equals(name)).toList();
    if (same.size() > 1) {
      throw new BpfException(
          Failure.of("find", "variable " + name, "object " + object.name() + " has " + same)
              .hint("choose one of variables()"));
    }
    return found;
  }

  /** Unmaps the memory; every later use is an {@link IllegalStateException}. */
  synchronized void end() {
    ended = true;
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }

  private IllegalStateException gone() {
    return new IllegalStateException(
        "object "
            + object.name()
            + (stage == Stage.OPEN
                ? " was loaded or closed: load() consumes the open object and its variables"
                : " is closed"));
  }

  private synchronized List<DataVariable> described() {
    if (described == null) {
      described = DataVariables.of(object.btf(), object.name(), symbols);
    }
    return described;
  }

  /**
   * libbpf lets user space map a section only when it has a variable that is not static. The kernel
   * maps any, except those that hold what it keeps for itself: locks, timers, lists.
   */
  private void makeMappable() {
    for (MapHandle map : object.maps()) {
      if (map.isInternal() && !BpfMapFlag.MMAPABLE.in(map.flags()) && !isOfConstants(map)) {
        List<DataVariable> inside = in(section(map));
        boolean plain =
            inside.stream().allMatch(variable -> VariableShape.isPlain(variable.type()));
        if (!inside.isEmpty() && plain) {
          map.setFlags(map.flags() | BpfMapFlag.MMAPABLE.mask());
        }
      }
    }
  }

  /** Strings and numbers that the compiler put aside: they have no names. */
  private static boolean isOfConstants(MapHandle map) {
    return map.name().startsWith(".rodata.str") || map.name().startsWith(".rodata.cst");
  }

  private List<DataVariable> in(String section) {
    return described().stream().filter(variable -> variable.section().equals(section)).toList();
  }

  /** libbpf calls a map by its section, or by the object and one of the sections all know. */
  private String section(MapHandle map) {
    Set<String> sections =
        described().stream().map(DataVariable::section).collect(Collectors.toSet());
    String name = map.name();
    return sections.contains(name) ? name : name.substring(Math.max(0, name.lastIndexOf('.')));
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by end()
  private List<GlobalVariable> find() {
    Arena memory = Arena.ofShared();
    arena = memory;
    List<GlobalVariable> found = new ArrayList<>();
    for (MapHandle map : object.maps()) {
      if (map.isInternal() && (stage == Stage.OPEN || map.isCreated())) {
        String section = section(map);
        List<DataVariable> inside = in(section);
        if (!inside.isEmpty()) {
          SectionMemory bytes =
              stage == Stage.OPEN
                  ? SectionMemory.initial(map, section, memory)
                  : SectionMemory.mapped(map, memory);
          inside.forEach(variable -> found.add(variable(variable, bytes)));
        }
      }
    }
    return List.copyOf(found);
  }

  private GlobalVariable variable(DataVariable variable, SectionMemory section) {
    return new GlobalVariable(
        variable, section.at(variable.offset(), variable.size()), this::gone, section.problem());
  }
}
