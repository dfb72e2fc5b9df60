// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Maps of many shapes: keys and values of 1 to 12 bytes, some not a multiple of 8, which the kernel
 * rounds up per CPU. The program adds the frame to entry 0, or to the key of zeros, of each.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct odd_value { /* 12 bytes: 16 per CPU */
  __u32 frames;
  __u32 bytes;
  __u16 shortest;
  __u16 longest;
};

struct odd_key { /* 7 bytes */
  __u32 address;
  __u16 port;
  __u8 protocol;
} __attribute__((packed));

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 5);
  __type(key, __u32);
  __type(value, __u64);
} array SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 5);
  __type(key, __u32);
  __type(value, __u8);
} array_of_bytes SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1000);
  __type(key, struct odd_key);
  __type(value, struct odd_value);
} hash SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1000);
  __type(key, __u32);
  __type(value, __u64);
} hash_of_numbers SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_HASH);
  __uint(max_entries, 1000);
  __type(key, __u32);
  __type(value, struct odd_value);
} percpu_hash SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 5);
  __type(key, __u32);
  __type(value, __u32);
} percpu_array_of_ints SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 5);
  __type(key, __u32);
  __type(value, struct odd_value);
} percpu_array SEC(".maps");

static __always_inline void add(struct odd_value *value, __u16 length) {
  if (!value)
    return;
  if (value->frames == 0 || length < value->shortest)
    value->shortest = length;
  if (length > value->longest)
    value->longest = length;
  value->frames++;
  value->bytes += length;
}

#define ADD_ONE(map, key)                              \
  do {                                                 \
    typeof(*(map).value) *value;                       \
    if ((value = bpf_map_lookup_elem(&(map), &(key)))) \
      ++*value;                                        \
  } while (0)

SEC("xdp")
int use_maps(struct xdp_md *frame) {
  __u16 length = frame->data_end - frame->data;
  __u32 zero = 0;
  struct odd_key zeros = {};

  ADD_ONE(array, zero);
  ADD_ONE(array_of_bytes, zero);
  ADD_ONE(hash_of_numbers, zero);
  ADD_ONE(percpu_array_of_ints, zero);
  add(bpf_map_lookup_elem(&hash, &zeros), length);
  add(bpf_map_lookup_elem(&percpu_hash, &zero), length);
  add(bpf_map_lookup_elem(&percpu_array, &zero), length);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
