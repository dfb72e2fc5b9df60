// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* What old objects do with their maps, beside having one. */
#include "legacy.h"

struct old_map_def {
  struct bpf_map_def common;
  unsigned int inner_map_idx;
  unsigned int numa_node;
};

#define PACKETS 3

struct old_map_def SEC("maps") numbers = {
    {.type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = PACKETS}};

/* Referred to by section and offset, as nothing outside can name it. */
static struct old_map_def SEC("maps") hidden = {
    {.type = BPF_MAP_TYPE_HASH, .key_size = 4, .value_size = 8, .max_entries = 16,
     .map_flags = BPF_F_NO_PREALLOC}};

/* Its values are maps like map number 0. */
struct old_map_def SEC("maps") outer = {
    {.type = BPF_MAP_TYPE_ARRAY_OF_MAPS, .key_size = 4, .value_size = 4, .max_entries = 2}, 0};

struct old_map_def SEC("maps") on_node = {
    {.type = BPF_MAP_TYPE_HASH, .key_size = 4, .value_size = 4, .max_entries = 8,
     .map_flags = BPF_F_NUMA_NODE}, 0, 0};

/* A function of its own, in .text: its references are relocated too. */
__attribute__((noinline)) int count_in_hidden(__u32 key) {
  __u64 one = 1, *value = bpf_map_lookup_elem(&hidden, &key);
  if (value)
    return __sync_fetch_and_add(value, 1), 1;
  return bpf_map_update_elem(&hidden, &key, &one, BPF_ANY);
}

SEC("xdp_count")
int count(struct xdp_md *frame) {
  __u32 first = 0;
  __u64 *value = bpf_map_lookup_elem(&numbers, &first);
  if (value)
    __sync_fetch_and_add(value, 1);
  count_in_hidden(7);
  __u32 missing = 5;
  if (bpf_map_lookup_elem(&on_node, &missing) || bpf_map_lookup_elem(&outer, &first))
    return XDP_ABORTED;
  return XDP_PASS;
}

/* A second section that refers to the same maps. */
SEC("xdp_drop")
int drop(struct xdp_md *frame) {
  __u32 second = 1;
  __u64 *value = bpf_map_lookup_elem(&numbers, &second);
  if (value)
    __sync_fetch_and_add(value, 1);
  return XDP_DROP;
}

char _license[] SEC("license") = "GPL";
