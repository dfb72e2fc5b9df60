// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Maps of what frames are sent to and programs jump to. The key stands in the frame behind its
 * Ethernet header. Entries that are there lead away: XDP_REDIRECT; others give XDP_DROP.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define SIZE 4

#define MAP(name, map_type, value_type) \
  struct {                              \
    __uint(type, map_type);             \
    __uint(max_entries, SIZE);          \
    __type(key, __u32);                 \
    __type(value, value_type);          \
  } name SEC(".maps")

MAP(devmap, BPF_MAP_TYPE_DEVMAP, struct bpf_devmap_val);
MAP(devmap_hash, BPF_MAP_TYPE_DEVMAP_HASH, struct bpf_devmap_val);
MAP(devices_only, BPF_MAP_TYPE_DEVMAP, __u32);
MAP(cpumap, BPF_MAP_TYPE_CPUMAP, struct bpf_cpumap_val);
MAP(xskmap, BPF_MAP_TYPE_XSKMAP, __u32);
MAP(jumps, BPF_MAP_TYPE_PROG_ARRAY, __u32);

static __always_inline int key_in(struct xdp_md *frame) {
  __u32 *key = (void *)(long)frame->data + 14;
  return (void *)(key + 1) > (void *)(long)frame->data_end ? 0 : *key;
}

#define REDIRECTION(map)                                         \
  SEC("xdp")                                                     \
  int to_##map(struct xdp_md *frame) {                           \
    return bpf_redirect_map(&map, key_in(frame), XDP_DROP);      \
  }

REDIRECTION(devmap)
REDIRECTION(devmap_hash)
REDIRECTION(devices_only)
REDIRECTION(cpumap)
REDIRECTION(xskmap)

SEC("xdp")
int jump(struct xdp_md *frame) {
  bpf_tail_call(frame, &jumps, key_in(frame));
  return 100;
}

SEC("xdp")
int target_one(struct xdp_md *frame) {
  return 101;
}

SEC("xdp")
int target_two(struct xdp_md *frame) {
  return 102;
}

SEC("tc")
int target_of_another_type(struct __sk_buff *frame) {
  return 103;
}

SEC("xdp/devmap")
int before_device(struct xdp_md *frame) {
  return XDP_PASS;
}

SEC("xdp/cpumap")
int on_cpu(struct xdp_md *frame) {
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
