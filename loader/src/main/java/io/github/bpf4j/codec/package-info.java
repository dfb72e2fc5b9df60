/**
 * How Java values stand in the memory of BPF programs.
 *
 * <pre>
 *   long, String, record …  ◀── Codec ──▶  bytes of a key, a value, a sample, a global variable
 * </pre>
 */
package io.github.bpf4j.codec;
