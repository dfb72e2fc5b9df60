// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Two of each: whoever takes "the only program" or "the only per-CPU array" must ask which. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, __u64);
} first_counts SEC(".maps"), second_counts SEC(".maps");

static __always_inline int count(void *counts) {
  __u32 key = 0;
  __u64 *value = bpf_map_lookup_elem(counts, &key);
  if (value)
    ++*value;
  return XDP_PASS;
}

SEC("xdp")
int first(struct xdp_md *frame) {
  return count(&first_counts);
}

SEC("xdp")
int second(struct xdp_md *frame) {
  return count(&second_counts);
}

char _license[] SEC("license") = "GPL";
