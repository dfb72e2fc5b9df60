// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Old maps that need to know the types of their keys and values: the macro said them then. */
#include "legacy.h"

#define BPF_ANNOTATE_KV_PAIR(name, key_type, value_type)                       \
  struct ____btf_map_##name {                                                  \
    key_type key;                                                              \
    value_type value;                                                          \
  };                                                                           \
  struct ____btf_map_##name __attribute__((section(".maps." #name), used))     \
  ____btf_map_##name = {}

struct guarded {
  struct bpf_spin_lock lock;
  __u32 count;
};

struct bpf_map_def SEC("maps") guarded_counts = {
    .type = BPF_MAP_TYPE_ARRAY,
    .key_size = sizeof(__u32),
    .value_size = sizeof(struct guarded),
    .max_entries = 2,
};
BPF_ANNOTATE_KV_PAIR(guarded_counts, __u32, struct guarded);

struct bpf_map_def SEC("maps") of_sockets = {
    .type = BPF_MAP_TYPE_SK_STORAGE,
    .key_size = sizeof(int),
    .value_size = sizeof(__u64),
    .map_flags = BPF_F_NO_PREALLOC,
};
BPF_ANNOTATE_KV_PAIR(of_sockets, int, __u64);

/* What does not fit was not taken then, and is not now. */
struct bpf_map_def SEC("maps") mistaken = {
    .type = BPF_MAP_TYPE_HASH,
    .key_size = sizeof(__u32),
    .value_size = sizeof(__u32),
    .max_entries = 2,
};
BPF_ANNOTATE_KV_PAIR(mistaken, __u32, __u64);

SEC("xdp_count")
int count(struct xdp_md *frame) {
  __u32 key = 1;
  struct guarded *guarded = bpf_map_lookup_elem(&guarded_counts, &key);
  if (!guarded || bpf_map_lookup_elem(&mistaken, &key))
    return XDP_ABORTED;
  bpf_spin_lock(&guarded->lock);
  guarded->count++;
  bpf_spin_unlock(&guarded->lock);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
