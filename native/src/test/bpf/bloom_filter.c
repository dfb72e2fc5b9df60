// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Apart from the other types, since Linux before 5.16 does not know it. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "map_requests.h"

struct {
  __uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
  __uint(max_entries, 1000);
  __uint(map_extra, 3);
  __type(value, __u64);
} bloom_filter SEC(".maps");

SEC("xdp")
int put(struct xdp_md *frame) {
  REQUEST(frame);
  return !!bpf_map_push_elem(&bloom_filter, &value, BPF_ANY);
}

SEC("xdp")
int in_bloom_filter(struct xdp_md *frame) {
  REQUEST(frame);
  return !bpf_map_peek_elem(&bloom_filter, &value);
}

char _license[] SEC("license") = "GPL";
