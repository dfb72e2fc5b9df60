/**
 * What BPF there is in the kernel, as bpftool prints it: the same words, the same JSON.
 *
 * <pre>
 *   prog list|show ──▶ ProgCommand ─┐                                    ┌─ ProgramView ─▶ text or JSON
 *   map list|show  ──▶ MapCommand  ─┼─▶ Selector ─▶ BpfSystem, Holders ──┤
 *                                   │   id 5, name x                     └─ MapView     ─▶ text or JSON
 * </pre>
 */
package io.github.bpf4j.samples.inspect;
