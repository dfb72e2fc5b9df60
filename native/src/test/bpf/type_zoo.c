// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Values of every kind of C type, for what prints maps. The program only keeps the types. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

enum color { RED, GREEN = 5, BLUE = -1 };

struct inner {
  __u8 a;
  char c;
};

struct zoo_value {
  __u8 u8;
  __s8 s8;
  __u16 u16;
  __s16 s16;
  __u32 u32;
  __s32 s32;
  __u64 u64;
  __s64 s64;
  _Bool yes;
  char letter;
  char text[8];
  char all_used[4];
  unsigned char bytes[3];
  enum color color;
  struct inner in;
  struct inner array[2];
  int matrix[2][3];
  union {
    int number;
    unsigned char parts[4];
  } either;
  struct {
    int anonymous;
    union {
      int nameless;
      short unnamed;
    };
  };
  unsigned bits3 : 3;
  int bits5 : 5;
  unsigned bits24 : 24;
  __u64 bits40 : 40;
  void *pointer;
  const volatile int qualified;
  __be16 big;
  __u64 none[0];
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16);
  __type(key, struct inner);
  __type(value, struct zoo_value);
} zoo SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 2);
  __type(key, __u32);
  __type(value, struct inner);
} per_cpu SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 100);
  __uint(key_size, 4);
  __uint(value_size, 8);
} untyped SEC(".maps");

SEC("xdp")
int keep_types(struct xdp_md *frame) {
  struct inner key = {1, 'x'};
  __u32 zero = 0;
  bpf_map_lookup_elem(&zoo, &key);
  bpf_map_lookup_elem(&per_cpu, &zero);
  bpf_map_lookup_elem(&untyped, &zero);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
