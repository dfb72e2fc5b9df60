/**
 * The native boundary: the only package that imports the generated bindings, and not exported.
 *
 * <pre>
 *   the rest of bpf4j ──▶ ObjectHandle, ProgramHandle, MapHandle, LinkHandle     (libbpf's nouns)
 *                         XdpNetlink, KernelObjects, TestRuns                    (calls without a noun)
 *                         Netdevices, NetworkNamespaces, Mappings, Epoll         (C library)
 *                               │ every C result passes Results
 *                               ▼
 *                         libbpf_h, uapi_h, libc_h ──▶ libbpf.so.1, libc
 *                               │ what libbpf prints
 *                               ▼
 *                         LibbpfLog ──▶ slf4j, and the tail of it into the exception
 * </pre>
 *
 * <p>Three rules hold here. A native pointer or file descriptor lives behind a {@link
 * io.github.bpf4j.libbpf.Lease}, so that closing never pulls it away from under a call in another
 * thread. An int result is {@code -errno}; a pointer result is NULL with errno captured inside the
 * same call. A function that came after libbpf 1.0 is called after {@link
 * io.github.bpf4j.libbpf.Libbpf#requireFunction}.
 */
package io.github.bpf4j.libbpf;
