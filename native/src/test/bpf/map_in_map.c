// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Maps that the object fills itself: with other maps, with programs to jump to. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct inner {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} first SEC(".maps"), second SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __uint(max_entries, 4);
  __type(key, __u32);
  __array(values, struct inner);
} by_index SEC(".maps") = {.values = {[0] = &first, [2] = &second}};

struct {
  __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
  __uint(max_entries, 4);
  __uint(key_size, sizeof(int));
  __array(values, struct inner);
} by_key SEC(".maps") = {.values = {&second}};

int next(struct xdp_md *frame);

struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 2);
  __uint(key_size, sizeof(__u32));
  __array(values, int(void *));
} jumps SEC(".maps") = {.values = {[1] = (void *)&next}};

SEC("xdp")
int first_program(struct xdp_md *frame) {
  __u32 key = 0;
  void *map = bpf_map_lookup_elem(&by_index, &key);
  __u64 *count = map ? bpf_map_lookup_elem(map, &key) : (void *)0;
  if (count)
    ++*count;
  if (bpf_map_lookup_elem(&by_key, &key))
    bpf_tail_call(frame, &jumps, 1);
  return XDP_PASS;
}

SEC("xdp")
int next(struct xdp_md *frame) {
  return XDP_DROP;
}

char _license[] SEC("license") = "GPL";
