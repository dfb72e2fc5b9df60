package io.github.bpf4j;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.ctype.CType;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.object.DataVariable;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A global or static variable of the C program.
 *
 * <pre>
 *   OpenBpfObject.variable("limit") ──set──▶ initial value ──load()──┐
 *                                                                   ▼
 *   BpfObject.variable("count") ◀──get/set──▶ memory that is mapped: the kernel's own
 * </pre>
 *
 * <p>From an {@link OpenBpfObject} it is the value that the load will start with, and can be set in
 * every section. From a {@link BpfObject} it is the variable itself, in memory that this process
 * shares with the BPF programs (Linux 5.5): reading and writing it is no system call, and touches
 * no other variable. Then {@code const} ones ({@code .rodata}) and {@code __kconfig} ones can only
 * be read.
 *
 * <p>Integers, characters, truth values, enums and pointers have accessors that allocate nothing:
 *
 * <table>
 * <caption>What the accessors give and take</caption>
 * <tr><th>C</th><th>{@code getInt}, {@code setInt}</th><th>{@code getLong}, {@code setLong}</th></tr>
 * <tr><td>1 or 2 bytes, {@code int}</td><td>the value</td><td>the value</td></tr>
 * <tr><td>{@code __u32}</td><td>its 32 bits</td><td>the value</td></tr>
 * <tr><td>8 bytes</td><td>refused</td><td>its 64 bits</td></tr>
 * </table>
 *
 * <p>Each is one load or store, never torn, in this machine's byte order unless the type says
 * otherwise ({@code __be32}). A load acquires and a store releases: what the other side wrote
 * before it set a flag is seen by who reads the flag first. In C that is {@code volatile} plus what
 * the verifier's helpers order; {@code __sync_fetch_and_add} there meets {@link #getAndAdd} here.
 * Structs and arrays go through a {@link Codec} and are copied byte by byte: a program that writes
 * at the same time may be seen half-way.
 *
 * <p>A value that does not fit is an {@link IllegalArgumentException}, an index outside an array an
 * {@link IndexOutOfBoundsException}; whatever the variable is not for, and every use after its
 * object was loaded or closed, is an {@link IllegalStateException}.
 *
 * <p>Thread safety: after the load all methods may be called from any thread, before it by one at a
 * time.
 */
public final class GlobalVariable {
  private final DataVariable description;
  private final VariableShape shape;
  private final MemorySegment memory;
  private final boolean readOnly;
  private final Supplier<IllegalStateException> ended;
  private final @Nullable Supplier<BpfException> problem;
  private final long length;
  private final @Nullable IntegerElements integers;

  /**
   * @param memory its bytes, read-only where it is
   * @param ended says why the memory is gone
   * @param problem says why there is no memory, or null
   */
  GlobalVariable(
      DataVariable description,
      MemorySegment memory,
      Supplier<IllegalStateException> ended,
      @Nullable Supplier<BpfException> problem) {
    this.description = description;
    this.shape = VariableShape.of(description);
    this.memory = memory;
    this.readOnly = memory.isReadOnly();
    this.ended = ended;
    this.problem = problem;
    this.length = shape.length();
    this.integers = problem == null && shape.integer() ? new IntegerElements(memory, shape) : null;
  }

  /** The name of the C variable; of one in a function with the function's: {@code "next.calls"}. */
  public String name() {
    return description.name();
  }

  /** The section that it stands in, such as {@code ".bss"} or {@code ".data.mine"}. */
  public String section() {
    return description.section();
  }

  /** Bytes that it takes. */
  public long size() {
    return description.size();
  }

  /** How many elements, those of arrays in an array counted one by one; 1 when it is no array. */
  public long length() {
    return length;
  }

  /** Its C type; empty when the object has no BTF for it. */
  public Optional<CType> type() {
    return Optional.ofNullable(description.type());
  }

  /** Whether it can only be read. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /** Reads it as a {@code long}. */
  public long getLong() {
    return load(scalar(), 0);
  }

  /** Reads an element of an array as a {@code long}. */
  public long getLong(long index) {
    return load(element(index), index);
  }

  /** Writes it. */
  public void setLong(long value) {
    store(scalar(), 0, value);
  }

  /** Writes an element of an array. */
  public void setLong(long index, long value) {
    store(element(index), index, value);
  }

  /** Reads it as an {@code int}: 4 bytes or less. */
  public int getInt() {
    return (int) load(narrow(scalar()), 0);
  }

  /** Reads an element of an array as an {@code int}: 4 bytes or less. */
  public int getInt(long index) {
    return (int) load(narrow(element(index)), index);
  }

  /** Writes it: 4 bytes or less. */
  public void setInt(int value) {
    IntegerElements to = narrow(scalar());
    store(to, 0, to.ofInt(value));
  }

  /** Writes an element of an array: 4 bytes or less. */
  public void setInt(long index, int value) {
    IntegerElements to = narrow(element(index));
    store(to, index, to.ofInt(value));
  }

  /** Reads whether it is other than 0. */
  public boolean getBoolean() {
    return load(scalar(), 0) != 0;
  }

  /** Writes 1 or 0. */
  public void setBoolean(boolean value) {
    store(scalar(), 0, value ? 1 : 0);
  }

  /**
   * Adds to 4 or 8 bytes at once, as {@code __sync_fetch_and_add} in a BPF program does.
   *
   * @return what it was before
   */
  public long getAndAdd(long delta) {
    return add(scalar(), 0, delta);
  }

  /** {@link #getAndAdd(long)} for an element of an array. */
  public long getAndAdd(long index, long delta) {
    return add(element(index), index, delta);
  }

  /**
   * Writes 4 or 8 bytes and tells what was there, at once: takes a counter and starts it anew
   * without losing a count.
   */
  public long getAndSet(long value) {
    return swap(scalar(), 0, value);
  }

  /** {@link #getAndSet(long)} for an element of an array. */
  public long getAndSet(long index, long value) {
    return swap(element(index), index, value);
  }

  /**
   * Reads it through a codec.
   *
   * @throws IllegalArgumentException when the codec is for another size
   */
  public <T> T get(Codec<T> codec) {
    return read(codec, size(), 0);
  }

  /** Reads an element of an array through a codec for one. */
  public <T> T get(Codec<T> codec, long index) {
    return read(codec, shape.elementSize(), index);
  }

  /**
   * Writes it through a codec, all its bytes.
   *
   * @throws IllegalArgumentException when the codec is for another size, or refuses the value
   */
  public <T> void set(Codec<T> codec, T value) {
    write(codec, size(), 0, value);
  }

  /** Writes an element of an array through a codec for one. */
  public <T> void set(Codec<T> codec, long index, T value) {
    write(codec, shape.elementSize(), index, value);
  }

  /**
   * Binds a Java type to the variable's C type: a record to a struct, an enum, an array, a {@code
   * String} to characters. Takes milliseconds; keep the codec.
   *
   * @throws BpfException when the two do not match, and says why; or when there is no BTF
   */
  public <T> Codec<T> codec(Class<T> type) {
    CType known = description.type();
    if (known == null) {
      throw VariableErrors.untyped(this);
    }
    return Codec.of(type, known);
  }

  private IntegerElements scalar() {
    IntegerElements found = integers;
    if (found == null || length != 1) {
      throw unfit();
    }
    return found;
  }

  private IntegerElements element(long index) {
    IntegerElements found = integers;
    if (found == null) {
      throw unfit();
    }
    requireElement(index);
    return found;
  }

  private void requireElement(long index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException(
          "index " + index + " of variable " + name() + ", which has " + length);
    }
  }

  private IntegerElements narrow(IntegerElements found) {
    if (shape.elementSize() > Integer.BYTES) {
      throw VariableErrors.tooWide(this);
    }
    return found;
  }

  private IntegerElements atomic(IntegerElements found) {
    requireWritable();
    if (!found.isAtomic()) {
      throw VariableErrors.notAtomic(this);
    }
    return found;
  }

  private RuntimeException unfit() {
    return problem == null ? VariableErrors.unfit(this, shape) : problem.get();
  }

  private long load(IntegerElements from, long index) {
    try {
      return from.load(index);
    } catch (IllegalStateException e) {
      throw gone(e);
    }
  }

  private void store(IntegerElements to, long index, long value) {
    requireWritable();
    if (!to.fits(value)) {
      throw VariableErrors.outOfRange(this, value, to);
    }
    try {
      to.store(index, value);
    } catch (IllegalStateException e) {
      throw gone(e);
    }
  }

  private long add(IntegerElements to, long index, long delta) {
    try {
      return atomic(to).getAndAdd(index, delta);
    } catch (IllegalStateException e) {
      throw gone(e);
    }
  }

  private long swap(IntegerElements to, long index, long value) {
    if (!to.fits(value)) {
      throw VariableErrors.outOfRange(this, value, to);
    }
    try {
      return atomic(to).getAndSet(index, value);
    } catch (IllegalStateException e) {
      throw gone(e);
    }
  }

  private <T> T read(Codec<T> codec, long size, long index) {
    requireSize(codec, size, index);
    try {
      return codec.read(memory, index * size);
    } catch (IllegalStateException e) {
      throw gone(e);
    }
  }

  private <T> void write(Codec<T> codec, long size, long index, T value) {
    requireSize(codec, size, index);
    requireWritable();
    try {
      codec.write(memory, index * size, value);
    } catch (IllegalStateException e) {
      throw gone(e);
    }
  }

  private void requireSize(Codec<?> codec, long size, long index) {
    if (problem != null) {
      throw problem.get();
    }
    if (codec.size() != size) {
      throw VariableErrors.wrongSize(this, codec.size(), size);
    }
    requireElement(index);
  }

  private void requireWritable() {
    if (readOnly) {
      throw VariableErrors.readOnly(this);
    }
  }

  /** The memory is gone with its object, or the exception is somebody else's. */
  private IllegalStateException gone(IllegalStateException e) {
    return memory.scope().isAlive() ? e : ended.get();
  }

  /** Such as {@code "__u64 count in .bss"}. */
  @Override
  public String toString() {
    CType known = description.type();
    return (known == null ? size() + " bytes" : known) + " " + name() + " in " + section();
  }
}
