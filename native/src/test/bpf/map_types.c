// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * A map of each type that XDP programs use and that Linux 5.10 has.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "map_requests.h"

#define SIZE 8
struct prefix {
  __u32 length;
  __u8 address[4];
};

/* Two words that belong together, and the lock that keeps them so. */
struct pair {
  struct bpf_spin_lock lock;
  __u32 first;
  __u32 second;
};

#define MAP(name, map_type, entries, key_type, value_type) \
  struct {                                                 \
    __uint(type, map_type);                                \
    __uint(max_entries, entries);                          \
    __type(key, key_type);                                 \
    __type(value, value_type);                             \
  } name SEC(".maps")

MAP(hash, BPF_MAP_TYPE_HASH, SIZE, __u32, __u64);
MAP(lru_hash, BPF_MAP_TYPE_LRU_HASH, SIZE, __u32, __u64);
MAP(array, BPF_MAP_TYPE_ARRAY, SIZE, __u32, __u64);
MAP(percpu_hash, BPF_MAP_TYPE_PERCPU_HASH, SIZE, __u32, __u64);
MAP(lru_percpu_hash, BPF_MAP_TYPE_LRU_PERCPU_HASH, SIZE, __u32, __u64);
MAP(percpu_array, BPF_MAP_TYPE_PERCPU_ARRAY, SIZE, __u32, __u64);
MAP(pairs, BPF_MAP_TYPE_HASH, SIZE, __u32, struct pair);

struct {
  __uint(type, BPF_MAP_TYPE_LPM_TRIE);
  __uint(max_entries, SIZE);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, struct prefix);
  __type(value, __u64);
} lpm_trie SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_QUEUE);
  __uint(max_entries, SIZE);
  __type(value, __u64);
} queue SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_STACK);
  __uint(max_entries, SIZE);
  __type(value, __u64);
} stack SEC(".maps");

/* Returns how many of the updates failed. */
SEC("xdp")
int put(struct xdp_md *frame) {
  REQUEST(frame);
  struct prefix prefix = {.length = 32};
  __builtin_memcpy(prefix.address, &key, 4);
  return !!bpf_map_update_elem(&hash, &key, &value, BPF_ANY) +
         !!bpf_map_update_elem(&lru_hash, &key, &value, BPF_ANY) +
         !!bpf_map_update_elem(&array, &key, &value, BPF_ANY) +
         !!bpf_map_update_elem(&percpu_hash, &key, &value, BPF_ANY) +
         !!bpf_map_update_elem(&lru_percpu_hash, &key, &value, BPF_ANY) +
         !!bpf_map_update_elem(&percpu_array, &key, &value, BPF_ANY) +
         !!bpf_map_update_elem(&lpm_trie, &prefix, &value, BPF_ANY) +
         !!bpf_map_push_elem(&queue, &value, BPF_ANY) +
         !!bpf_map_push_elem(&stack, &value, BPF_ANY);
}

#define GETTER(map, lookup_key)                                   \
  SEC("xdp")                                                      \
  int get_##map(struct xdp_md *frame) {                           \
    REQUEST(frame);                                               \
    struct prefix prefix = {.length = 32};                        \
    __builtin_memcpy(prefix.address, &key, 4);                    \
    __u64 *found = bpf_map_lookup_elem(&map, &lookup_key);        \
    return found ? *found : NOTHING;                              \
  }

GETTER(hash, key)
GETTER(lru_hash, key)
GETTER(array, key)
GETTER(percpu_hash, key)
GETTER(lru_percpu_hash, key)
GETTER(percpu_array, key)
GETTER(lpm_trie, prefix)

SEC("xdp")
int pop_queue(struct xdp_md *frame) {
  __u64 value;
  return bpf_map_pop_elem(&queue, &value) ? NOTHING : value;
}

SEC("xdp")
int pop_stack(struct xdp_md *frame) {
  __u64 value;
  return bpf_map_pop_elem(&stack, &value) ? NOTHING : value;
}

/* Both words get the same new value, one after the other. */
SEC("xdp")
int change_pair(struct xdp_md *frame) {
  REQUEST(frame);
  struct pair *pair = bpf_map_lookup_elem(&pairs, &key);
  if (!pair)
    return NOTHING;
  bpf_spin_lock(&pair->lock);
  pair->first++;
  pair->second = pair->first;
  bpf_spin_unlock(&pair->lock);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
