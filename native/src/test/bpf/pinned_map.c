// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A program of XDP whose map wants a name in the bpf file system. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
} bpf4j_seen SEC(".maps");

SEC("xdp")
int see(struct xdp_md *frame) {
  __u32 key = 0;
  __u64 *seen = bpf_map_lookup_elem(&bpf4j_seen, &key);

  if (seen)
    __sync_fetch_and_add(seen, 1);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
