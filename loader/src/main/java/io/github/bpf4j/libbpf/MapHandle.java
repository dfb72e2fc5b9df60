package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct bpf_map}: a view that its object owns. The setters are for before the load, the
 * file descriptor for after it.
 */
public final class MapHandle {
  private final ObjectHandle object;
  private final MemorySegment pointer;
  private final String name;

  MapHandle(ObjectHandle object, MemorySegment pointer) {
    this.object = object;
    this.pointer = pointer;
    this.name = Strings.of(libbpf_h.bpf_map__name(pointer));
  }

  public String name() {
    return name;
  }

  MemorySegment pointer() {
    return pointer;
  }

  /** The kernel's number for the type. */
  public int type() {
    return libbpf_h.bpf_map__type(pointer);
  }

  /** Bytes of a key. */
  public int keySize() {
    return libbpf_h.bpf_map__key_size(pointer);
  }

  public void setKeySize(int bytes) {
    Results.check(libbpf_h.bpf_map__set_key_size(pointer, bytes), "set the key size of", subject());
  }

  public void setValueSize(int bytes) {
    Results.check(
        libbpf_h.bpf_map__set_value_size(pointer, bytes), "set the value size of", subject());
  }

  /** Lets the load find the map at a path of bpffs, or pin it there. */
  public void setPinPath(String path) {
    try (Arena arena = Arena.ofConfined()) {
      setPinPath(arena.allocateFrom(path));
    }
  }

  /** Lets the load neither look for the map in bpffs nor pin it. */
  public void clearPinPath() {
    setPinPath(MemorySegment.NULL);
  }

  private void setPinPath(MemorySegment path) {
    Results.check(libbpf_h.bpf_map__set_pin_path(pointer, path), "set the pin path of", subject());
  }

  /** Where the load looks for it or pins it; empty for nowhere. */
  public String pinPath() {
    return Strings.of(libbpf_h.bpf_map__pin_path(pointer));
  }

  /** Lets the load take a map that there is; libbpf keeps a descriptor of its own. */
  public void reuse(int fd) {
    Results.check(libbpf_h.bpf_map__reuse_fd(pointer, fd), "reuse a map as", subject());
  }

  /** {@code BPF_F_*}. */
  public int flags() {
    return libbpf_h.bpf_map__map_flags(pointer);
  }

  public void setFlags(int flags) {
    Results.check(libbpf_h.bpf_map__set_map_flags(pointer, flags), "set the flags of", subject());
  }

  /** {@code map_extra}. */
  public long extra() {
    return libbpf_h.bpf_map__map_extra(pointer);
  }

  /**
   * What the load will copy into the map of a section of variables, for reading and writing.
   *
   * @param arena is closed before the load, after which libbpf may map the memory anew, and
   *     read-only
   * @return the bytes of the section; none when libbpf has nothing to copy
   */
  @SuppressWarnings("restricted") // libbpf tells the size
  public MemorySegment initialValue(Arena arena) {
    MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
    MemorySegment value = libbpf_h.bpf_map__initial_value(pointer, size);
    long bytes = value.address() == 0 ? 0 : size.get(ValueLayout.JAVA_LONG, 0);
    return value.reinterpret(bytes, arena, null);
  }

  /** Bytes of a value, of one CPU's value in a per-CPU map. */
  public int valueSize() {
    return libbpf_h.bpf_map__value_size(pointer);
  }

  public int maxEntries() {
    return libbpf_h.bpf_map__max_entries(pointer);
  }

  public void setMaxEntries(int maxEntries) {
    Results.check(
        libbpf_h.bpf_map__set_max_entries(pointer, maxEntries), "set the size of", subject());
  }

  /** Whether libbpf made it for a section such as {@code .rodata}. */
  public boolean isInternal() {
    return libbpf_h.bpf_map__is_internal(pointer);
  }

  /** Binds the map to a device that holds it in hardware. */
  public void setIfindex(int ifindex) {
    Results.check(libbpf_h.bpf_map__set_ifindex(pointer, ifindex), "set the device of", subject());
  }

  /** Whether the load makes it. */
  public boolean autocreate() {
    return libbpf_h.bpf_map__autocreate(pointer);
  }

  public void setAutocreate(boolean autocreate) {
    Results.check(
        libbpf_h.bpf_map__set_autocreate(pointer, autocreate), "set autocreate of", subject());
  }

  /** Whether the load made it; libbpf leaves out maps that nothing needs. */
  public boolean isCreated() {
    // Since 1.4 libbpf has a descriptor for each map, of a file in memory where there is no map.
    return autocreate() && libbpf_h.bpf_map__fd(pointer) >= 0;
  }

  /** The file descriptor. */
  public int fd() {
    return Results.check(libbpf_h.bpf_map__fd(pointer), "use", subject());
  }

  public Lease lease() {
    return object.lease();
  }

  private String subject() {
    return "map " + name + " of object " + object.name();
  }
}
