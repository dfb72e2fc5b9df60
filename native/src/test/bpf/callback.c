// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A function whose address is taken, which Linux before 5.13 does not know. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 2);
  __type(key, __u32);
  __type(value, __u64);
} counts SEC(".maps");

static long each(__u32 index, void *context) {
  __u64 *count = bpf_map_lookup_elem(&counts, &index);
  if (count)
    ++*count;
  return 0;
}

SEC("xdp")
int call_each(struct xdp_md *frame) {
  bpf_loop(2, each, (void *)0, 0);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
