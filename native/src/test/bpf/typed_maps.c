// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Maps whose keys and values are structs. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct flow {
  __be32 source;
  __be32 destination;
  __be16 port;
  __u8 protocol;
};

struct usage {
  __u64 packets;
  __u64 bytes;
  char device[16];
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16);
  __type(key, struct flow);
  __type(value, struct usage);
} flows SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __uint(key_size, 4);
  __uint(value_size, 4);
} untyped SEC(".maps");

SEC("xdp")
int count_flow(struct xdp_md *frame) {
  struct flow flow = {
    .source = __builtin_bswap32(0x0a000001),
    .destination = __builtin_bswap32(0x0a000002),
    .port = __builtin_bswap16(443),
    .protocol = 6,
  };
  struct usage usage = {.packets = 3, .bytes = 4000, .device = "eth0"};
  __u32 zero = 0;
  bpf_map_update_elem(&flows, &flow, &usage, BPF_ANY);
  bpf_map_lookup_elem(&untyped, &zero);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
