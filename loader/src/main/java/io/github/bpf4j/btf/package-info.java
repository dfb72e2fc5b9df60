/**
 * BTF: the types of an object ({@code .BTF}) and which code belongs to which of them ({@code
 * .BTF.ext}), read strictly and for either byte order. Pure Java; not exported.
 *
 * <pre>
 *   .BTF ──▶ Btf ──▶ BtfType: kind, name, members, values, parameters, variables
 *             ▲
 *   .BTF.ext ─┴──▶ BtfExt: functions, lines, CO-RE relocations
 * </pre>
 *
 * @see <a href="https://docs.kernel.org/bpf/btf.html">BPF Type Format</a>
 */
package io.github.bpf4j.btf;
