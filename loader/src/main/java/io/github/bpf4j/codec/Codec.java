package io.github.bpf4j.codec;

import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteOrder;

/**
 * How a value stands in memory: so many bytes, read and written at an offset of a segment. Keys and
 * values of maps, samples of ring buffers and global variables all pass through one.
 *
 * <pre>
 *   segment │ … │ size() bytes │ …      read(segment, offset)  ──▶ T
 *               ▲ offset                write(segment, offset, T)
 * </pre>
 *
 * <p>Byte order is this machine's, as BPF programs see their memory, unless the codec says
 * otherwise. Nothing needs to be aligned.
 *
 * <p>Thread safety: codecs are immutable; all that bpf4j makes may be used by any number of
 * threads.
 *
 * @param <T> what Java sees
 */
public interface Codec<T> {
  /** Bytes of a value: exactly so many are read and written. */
  int size();

  /**
   * Reads a value.
   *
   * @throws IndexOutOfBoundsException when the segment ends before the value does
   */
  T read(MemorySegment segment, long offset);

  /**
   * Writes a value: all {@link #size} bytes, those that mean nothing as zeros, since the kernel
   * compares keys byte by byte.
   *
   * @throws IllegalArgumentException when the value has no such form, as 256 in one byte
   * @throws IndexOutOfBoundsException when the segment is too short
   */
  void write(MemorySegment segment, long offset, T value);

  /** {@code __u8}: 0 to 255. */
  static Codec<Integer> u8() {
    return Integers.U8;
  }

  /** {@code __s8}. */
  static Codec<Byte> s8() {
    return Integers.S8;
  }

  /** {@code __u16}: 0 to 65535. */
  static Codec<Integer> u16() {
    return u16(ByteOrder.nativeOrder());
  }

  /** {@code __be16} or {@code __le16}, such as a port in network byte order. */
  static Codec<Integer> u16(ByteOrder order) {
    return Integers.u16(order);
  }

  /** {@code __s16}. */
  static Codec<Short> s16() {
    return Integers.S16;
  }

  /** {@code __u32}: 0 to 4294967295. */
  static Codec<Long> u32() {
    return u32(ByteOrder.nativeOrder());
  }

  /** {@code __be32} or {@code __le32}. */
  static Codec<Long> u32(ByteOrder order) {
    return Integers.u32(order);
  }

  /** {@code __s32} or {@code int}; also the bits of a {@code __u32} that is known to be small. */
  static Codec<Integer> s32() {
    return Integers.S32;
  }

  /** {@code __u64}: its 64 bits, so that 2<sup>63</sup> and more are negative in Java. */
  static Codec<Long> u64() {
    return u64(ByteOrder.nativeOrder());
  }

  /** {@code __be64} or {@code __le64}. */
  static Codec<Long> u64(ByteOrder order) {
    return Integers.u64(order);
  }

  /** {@code __s64} or {@code long}. */
  static Codec<Long> s64() {
    return u64();
  }

  /**
   * {@code char[size]}: UTF-8 up to the first NUL. A string to be written leaves room for its NUL.
   *
   * @param size bytes, more than 0
   */
  static Codec<String> string(int size) {
    return new Texts.Text(size);
  }

  /** So many bytes as they are. */
  static Codec<byte[]> bytes(int size) {
    return new Texts.Raw(size);
  }

  /** {@code __be32} or {@code struct in_addr}; no name is looked up. */
  static Codec<Inet4Address> ipv4() {
    return new Addresses.Ipv4();
  }

  /** {@code struct in6_addr}; no name is looked up. */
  static Codec<Inet6Address> ipv6() {
    return new Addresses.Ipv6();
  }

  /** {@code unsigned char[6]}. */
  static Codec<MacAddress> mac() {
    return new Addresses.Mac();
  }

  /**
   * {@code struct bpf_lpm_trie_key}: the prefix length in this machine's byte order, then the
   * address, whose first byte counts first.
   *
   * @param address such as {@link #ipv4}
   */
  static <T> Codec<LpmKey<T>> lpm(Codec<T> address) {
    return new Addresses.Lpm<>(address);
  }

  /**
   * Binds a record to a C struct by the names of its members; see the package's documentation for
   * what matches what.
   *
   * @param struct as BTF or a layout describes it
   * @throws io.github.bpf4j.error.BpfException when they do not match: shows both sides, member by
   *     member
   */
  static <T extends Record> Codec<T> record(Class<T> type, CStruct struct) {
    return RecordBinder.bind(type, struct);
  }

  /** Binds a record to a layout whose elements have names: for structs that no BTF describes. */
  static <T extends Record> Codec<T> record(Class<T> type, StructLayout layout) {
    return record(type, LayoutTypes.struct(layout));
  }

  /**
   * Binds any Java type that matches a C type: an integer, an enum, an array, a record.
   *
   * @throws io.github.bpf4j.error.BpfException when they do not match, and says why
   */
  static <T> Codec<T> of(Class<T> type, CType c) {
    return RecordBinder.bindAny(type, c);
  }
}
