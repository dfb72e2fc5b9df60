/**
 * C types, as BTF or a memory layout describes them: what a struct has where.
 *
 * <pre>
 *   struct event {            CStruct event, 24 bytes
 *     __u32  pid;               ├─ CMember pid    at 0   CInt __u32
 *     char   comm[16];          ├─ CMember comm   at 4   CArray of 16 × CInt char
 *     __be16 port;              └─ CMember port   at 20  CInt __be16, big-endian
 *   };
 * </pre>
 *
 * <p>A description is finite: what a pointer points to is a name. Plain data; nothing here calls
 * the kernel.
 *
 * @see <a href="https://docs.kernel.org/bpf/btf.html">BPF Type Format</a>
 */
package io.github.bpf4j.ctype;
