/**
 * What BPF there is in the kernel, whoever loaded it.
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
 * <p>All of it takes CAP_SYS_ADMIN, and is a picture of a moment: what is listed may be gone when
 * the list is read.
 */
package io.github.bpf4j.system;
