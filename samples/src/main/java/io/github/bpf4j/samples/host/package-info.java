/**
 * What this machine can do with BPF, and what it lacks.
 *
 * <pre>
 *   features ─▶ FeatureProbes: types, helpers, features of the kernel ─▶ text, or JSON with bpftool's names
 *
 *   doctor ─┬─▶ HostFindings   BpfHost: capabilities, bpffs, BTF, lockdown … ─┐
 *           └─▶ ObjectFindings opens, relocates and loads, attaches nothing ──┴▶ Finding: state, way out
 * </pre>
 */
package io.github.bpf4j.samples.host;
