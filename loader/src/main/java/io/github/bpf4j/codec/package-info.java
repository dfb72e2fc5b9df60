/**
 * How Java values stand in the memory of BPF programs.
 *
 * <pre>
 *   long, String, record …  ◀── Codec ──▶  bytes of a key, a value, a sample, a global variable
 *                                ▲
 *              CStruct of BTF ───┤ bound by the names of members, compared when it is bound
 *              record ───────────┘
 * </pre>
 *
 * <pre>{@code
 * // struct event { __u32 pid; char comm[16]; __be16 port; };
 * record Event(int pid, String comm, int port) {}
 * Codec<Event> events = object.types().record("event", Event.class);
 * }</pre>
 *
 * <h2>What matches what</h2>
 *
 * <table>
 * <caption>C types and the Java types that hold them</caption>
 * <tr><th>C</th><th>Java</th></tr>
 * <tr><td>integer, pointer, bit-field</td>
 *     <td>{@code byte short char int long}, boxed or not, at least as wide: one of the same width
 *     holds the bits, a wider one the value, and is refused on writing when it is out of range; one
 *     bit or byte also {@code boolean}</td></tr>
 * <tr><td>{@code __be16 … __le64}</td><td>the same, turned round where it has to be</td></tr>
 * <tr><td>{@code float}, {@code double}</td><td>the same</td></tr>
 * <tr><td>enum</td><td>an enum whose constants have the same names, or an integer</td></tr>
 * <tr><td>{@code char[n]}</td><td>{@code String}: UTF-8 up to the first NUL</td></tr>
 * <tr><td>any array</td><td>an array or {@code List} of the same length</td></tr>
 * <tr><td>struct</td><td>a record</td></tr>
 * <tr><td>union</td><td>a record with one component, which chooses the member by its name; of an
 *     anonymous union the members stand in the struct, and one of them is chosen</td></tr>
 * <tr><td>4, 6 or 16 bytes</td><td>{@code Inet4Address}, {@link
 *     io.github.bpf4j.codec.MacAddress}, {@code Inet6Address}</td></tr>
 * <tr><td>anything</td><td>{@code byte[]} of its size</td></tr>
 * </table>
 *
 * <p>A component names the member of its own name, or of that name in snake case ({@code srcPort}
 * is {@code src_port}), or the one that {@link io.github.bpf4j.codec.CName} gives. Every member has
 * its component, unless the record is {@link io.github.bpf4j.codec.Partial}. Padding is skipped on
 * reading and zeroed on writing. A mismatch is a {@link io.github.bpf4j.error.BpfBindException}
 * that shows both sides.
 *
 * <p>Records may be private; one in a named module needs its package opened to {@code
 * io.github.bpf4j.loader}. Binding takes milliseconds and makes a class: bind once, use the codec
 * often, from any thread.
 */
package io.github.bpf4j.codec;
