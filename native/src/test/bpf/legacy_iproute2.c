// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Maps as iproute2's loader defines them. */
#include "legacy.h"

#define PIN_GLOBAL_NS 2

struct bpf_elf_map {
  __u32 type;
  __u32 size_key;
  __u32 size_value;
  __u32 max_elem;
  __u32 flags;
  __u32 id;
  __u32 pinning;
  __u32 inner_id;
  __u32 inner_idx;
};

struct bpf_elf_map SEC("maps") bpf4j_test_pinned = {
    .type = BPF_MAP_TYPE_ARRAY,
    .size_key = 4,
    .size_value = 4,
    .max_elem = 5,
    .pinning = PIN_GLOBAL_NS,
};

struct bpf_elf_map SEC("maps") unpinned = {
    .type = BPF_MAP_TYPE_HASH,
    .size_key = 4,
    .size_value = 4,
    .max_elem = 6,
};

SEC("classifier/ingress")
int classify(struct __sk_buff *packet) {
  __u32 key = 0;
  return bpf_map_lookup_elem(&bpf4j_test_pinned, &key) && bpf_map_lookup_elem(&unpinned, &key);
}

char _license[] SEC("license") = "GPL";
