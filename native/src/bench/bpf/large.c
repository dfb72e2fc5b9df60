// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* An object of about a megabyte, as large generated ones are: many programs, types and maps. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define MAP(n)                                                                 \
  struct value##n {                                                            \
    __u64 frames, bytes;                                                       \
    struct {                                                                   \
      __u32 first##n, last##n;                                                 \
    } seen##n[2];                                                              \
    char name##n[16];                                                          \
  };                                                                           \
  struct {                                                                     \
    __uint(type, BPF_MAP_TYPE_HASH);                                           \
    __uint(max_entries, 1024);                                                 \
    __type(key, __u32);                                                        \
    __type(value, struct value##n);                                            \
  } map##n SEC(".maps");

#define PROGRAM(n)                                                             \
  MAP(n)                                                                       \
  static __noinline int count##n(struct value##n *value, __u32 bytes) {        \
    value->frames++;                                                           \
    value->bytes += bytes;                                                     \
    value->seen##n[bytes & 1].last##n = bytes;                                 \
    return value->frames & 3;                                                  \
  }                                                                            \
  SEC("xdp")                                                                   \
  int program##n(struct xdp_md *frame) {                                       \
    __u32 key = frame->ingress_ifindex;                                        \
    __u32 bytes = frame->data_end - frame->data;                               \
    struct value##n *value = bpf_map_lookup_elem(&map##n, &key);               \
    if (value)                                                                 \
      return count##n(value, bytes);                                           \
    struct value##n first = {.frames = 1, .bytes = bytes};                     \
    bpf_map_update_elem(&map##n, &key, &first, BPF_NOEXIST);                   \
    return XDP_PASS;                                                           \
  }

#define TEN(n)                                                                 \
  PROGRAM(n##0) PROGRAM(n##1) PROGRAM(n##2) PROGRAM(n##3) PROGRAM(n##4)        \
  PROGRAM(n##5) PROGRAM(n##6) PROGRAM(n##7) PROGRAM(n##8) PROGRAM(n##9)

#define HUNDRED(n)                                                             \
  TEN(n##0) TEN(n##1) TEN(n##2) TEN(n##3) TEN(n##4)                            \
  TEN(n##5) TEN(n##6) TEN(n##7) TEN(n##8) TEN(n##9)

HUNDRED(_0)
HUNDRED(_1)
HUNDRED(_2)
HUNDRED(_3)
HUNDRED(_4)
HUNDRED(_5)
HUNDRED(_6)
HUNDRED(_7)

char _license[] SEC("license") = "GPL";
