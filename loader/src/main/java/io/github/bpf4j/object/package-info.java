/**
 * What must hold of an object before libbpf sees it. libbpf follows many references of an object
 * without a check, and a crash takes the whole JVM with it. Pure Java; not exported.
 *
 * <pre>
 *   bytes ──▶ ElfObject, Btf, BtfExt ──▶ ObjectCheck ──▶ libbpf
 *             (each part by itself)      (the parts against each other)
 * </pre>
 */
package io.github.bpf4j.object;
