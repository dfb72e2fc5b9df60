/**
 * Objects of before libbpf 1.0, made into what it loads: maps that {@code struct bpf_map_def}
 * defines, and section names that only start with a known word. Pure Java; not exported.
 *
 * <pre>
 *   ElfObject ─▶ LegacyMaps (what is defined) ─▶ MapsBtf (the new .BTF) ─▶ ElfEditor ─▶ new bytes
 *   section name ─▶ SectionNames ─▶ today's name, whose type libbpf knows
 * </pre>
 */
package io.github.bpf4j.legacy;
