/**
 * What BPF there is in the kernel, whoever loaded it, and what this kernel and this machine can do.
 *
 * <pre>
 *   BpfSystem ─┬─ programs() ─▶ ProgramInfo …      by id, in the order in which they were loaded
 *              ├─ maps()     ─▶ MapInfo …
 *              ├─ links()    ─▶ LinkInfo …
 *              ├─ btfObjects() ─▶ BtfInfo …
 *              └─ enableRunStatistics() ─▶ RunStatistics      until it is closed
 *
 *   Holders.find()     ─▶ of(PROGRAM, id) ─▶ the processes that have it open     by /proc
 *   PinnedPaths.find() ─▶ of(MAP, id)     ─▶ where it is pinned                  by all mounts of bpffs
 * </pre>
 *
 * <p>All of that takes CAP_SYS_ADMIN, and is a picture of a moment: what is listed may be gone when
 * the list is read.
 *
 * <pre>
 *   FeatureProbes ─┬─ programType(XDP)            ─▶ Support: yes | no: why | unknown: why
 *                  ├─ mapType(RINGBUF)            ─▶ Support       by loading, making, attaching,
 *                  ├─ helper(XDP, FIB_LOOKUP)     ─▶ Support       once; nothing stays
 *                  └─ feature(TCX)                ─▶ Support
 *
 *   BpfHost.inspect()   ─▶ capabilities, lockdown, bpffs, BTF, locked memory, JIT    by /proc, /sys
 *   KernelConfig.read() ─▶ value("CONFIG_BPF_JIT")
 * </pre>
 */
package io.github.bpf4j.system;
