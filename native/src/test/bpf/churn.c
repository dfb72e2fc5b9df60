// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * A large hash and a trie that a program changes at random. The upper half of a value is its key; the
 * first keys are the test's own and stay as they are.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define SIZE 100000
#define OWN 10000

struct prefix {
  __u32 length;
  __u32 address; /* in network byte order, as far as the trie cares */
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, SIZE);
  __type(key, __u32);
  __type(value, __u64);
} hash SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_LPM_TRIE);
  __uint(max_entries, SIZE);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, struct prefix);
  __type(value, __u64);
} trie SEC(".maps");

static __always_inline __u32 some_key(void) {
  return OWN + bpf_get_prandom_u32() % (SIZE - OWN);
}

SEC("xdp")
int churn_hash(struct xdp_md *frame) {
  __u32 key = some_key();
  __u64 value = (__u64)key << 32 | 1;
  if (bpf_get_prandom_u32() & 1)
    bpf_map_update_elem(&hash, &key, &value, BPF_ANY);
  else
    bpf_map_delete_elem(&hash, &key);
  return XDP_PASS;
}

SEC("xdp")
int churn_trie(struct xdp_md *frame) {
  __u32 key = some_key();
  __u64 value = (__u64)key << 32 | 1;
  struct prefix prefix = {.length = 32, .address = __builtin_bswap32(key)};
  if (bpf_get_prandom_u32() & 1)
    bpf_map_update_elem(&trie, &prefix, &value, BPF_ANY);
  else
    bpf_map_delete_elem(&trie, &prefix);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
