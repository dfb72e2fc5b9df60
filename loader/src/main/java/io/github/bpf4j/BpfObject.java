package io.github.bpf4j;

import io.github.bpf4j.OpenOptions.Legacy;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.hook.Hook;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.libbpf.ObjectHandle;
import io.github.bpf4j.object.DataVariables;
import io.github.bpf4j.object.ObjectCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A BPF object whose maps and programs are in the kernel.
 *
 * <p>Thread safety: all methods may be called from any thread. {@link #close} waits for no one:
 * calls that are under way finish, links keep what they need, everything later is an {@link
 * IllegalStateException}.
 *
 * @see OpenBpfObject#load
 */
public final class BpfObject implements AutoCloseable {
  /** Far beyond any object: the kernel takes a million instructions of 8 bytes for a program. */
  private static final int LARGEST_FILE = 32 << 20;

  private final ObjectHandle handle;
  private final BpfTypes types;
  private final List<BpfProgram> programs;
  private final List<BpfMap> maps;
  private final GlobalVariables variables;

  BpfObject(ObjectHandle handle, BpfTypes types, GlobalVariables variables) {
    this.handle = handle;
    this.types = types;
    this.variables = variables;
    this.programs =
        handle.programs().stream()
            .filter(program -> program.autoload())
            .map(BpfProgram::new)
            .toList();
    this.maps =
        handle.maps().stream()
            .filter(MapHandle::isCreated)
            .map(map -> new BpfMap(map, this::find))
            .toList();
  }

  private Optional<BpfMap> find(String map) {
    return maps.stream().filter(other -> other.name().equals(map)).findFirst();
  }

  /** Parses an object file with the default options. */
  public static OpenBpfObject open(Path file) {
    return open(file, OpenOptions.defaults());
  }

  /**
   * Parses an object file; nothing reaches the kernel yet.
   *
   * @throws io.github.bpf4j.error.BpfObjectFormatException when the file is no BPF object for this
   *     machine
   * @throws BpfException when the file cannot be read, or libbpf refuses it
   */
  public static OpenBpfObject open(Path file, OpenOptions options) {
    byte[] elf = FileBytes.read("open", file.toString(), file, LARGEST_FILE);
    return open(elf, file.toString(), stem(file), options);
  }

  /** Parses an object from bytes with the default options. */
  public static OpenBpfObject open(byte[] elf, String name) {
    return open(elf, name, OpenOptions.defaults());
  }

  /**
   * Parses an object from bytes; nothing reaches the kernel yet.
   *
   * @param name names the object in messages, and libbpf's maps for its global variables
   */
  public static OpenBpfObject open(byte[] elf, String name, OpenOptions options) {
    return open(elf, name, name, options);
  }

  private static OpenBpfObject open(byte[] elf, String where, String name, OpenOptions options) {
    ElfObject object = ElfObject.parse(elf, where);
    ObjectCheck.check(object);
    options.kernelBtf().ifPresent(CustomBtf::check);
    ObjectHandle handle = handle(object, elf, name, options);
    try {
      return new OpenBpfObject(
          handle, BpfTypes.of(object), GlobalVariables.of(handle, DataVariables.of(object)));
    } catch (RuntimeException | Error e) {
      handle.lease().close();
      throw e;
    }
  }

  private static ObjectHandle handle(
      ElfObject object, byte[] elf, String name, OpenOptions options) {
    try {
      return options.legacy() == Legacy.UPGRADE
          ? ObjectUpgrade.open(object, name, options.settings())
          : ObjectHandle.open(elf, name, options.settings());
    } catch (BpfException e) {
      throw OpenFailure.explain(e, object);
    }
  }

  // As libbpf names an object that it opens from a file: up to the first dot.
  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** The name that the object was opened by. */
  public String name() {
    return handle.name();
  }

  /** The loaded programs, in the order of the object. */
  public List<BpfProgram> programs() {
    return programs;
  }

  /**
   * The loaded program of a name.
   *
   * @throws BpfException when there is none; lists those that exist
   */
  public BpfProgram program(String name) {
    return Named.find(programs, BpfProgram::name, name, "program", name());
  }

  /** The maps, in the order of the object; libbpf's own for global variables are among them. */
  public List<BpfMap> maps() {
    return maps;
  }

  /**
   * The map of a name.
   *
   * @throws BpfException when there is none; lists those that exist
   */
  public BpfMap map(String name) {
    return Named.find(maps, BpfMap::name, name, "map", name());
  }

  /**
   * All global and static variables of the C program, by section and place in it: the kernel's own
   * memory, which each call reads or writes without a system call.
   */
  public List<GlobalVariable> variables() {
    return variables.all();
  }

  /**
   * The variable of a name.
   *
   * @throws BpfException when there is none, and lists those that exist; or more than one
   */
  public GlobalVariable variable(String name) {
    return variables.get(name);
  }

  /** The C types that the object describes. */
  public BpfTypes types() {
    return types;
  }

  /**
   * Gives a struct of functions to the kernel: a congestion control of TCP, a scheduler (kernel
   * 5.6; what else, the kernel's own {@code bpf_struct_ops} say). From a section {@code
   * ".struct_ops.link"} (kernel 6.4, libbpf 1.2) a {@code bpf_link} holds it; from {@code
   * ".struct_ops"} the kernel does, until it is detached, also when this process ends.
   *
   * @param map the name of the C variable
   * @throws BpfException when there is no such map, or the kernel has a struct of its name
   */
  public BpfLink attachStructOps(String map) {
    MapHandle found = Named.find(handle.maps(), MapHandle::name, map, "map", name());
    return new BpfLink(Hook.attachStructOps(found));
  }

  /** Gives up programs, maps and variables; links that live keep theirs. Idempotent. */
  @Override
  public void close() {
    handle.lease().close();
    variables.end();
  }
}
