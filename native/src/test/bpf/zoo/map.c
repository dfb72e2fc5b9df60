// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A map of any type. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct inner {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __uint(key_size, 4);
  __uint(value_size, 8);
};

struct {
  __uint(type, TYPE);
#ifdef KEY_BYTES
  __uint(key_size, KEY_BYTES);
#endif
#ifdef KEY
  __type(key, KEY);
#endif
#ifdef VALUE_BYTES
  __uint(value_size, VALUE_BYTES);
#endif
#ifdef VALUE
  __type(value, VALUE);
#endif
#ifdef ENTRIES
  __uint(max_entries, ENTRIES);
#endif
#ifdef FLAGS
  __uint(map_flags, FLAGS);
#endif
#ifdef OF_MAPS
  __array(values, struct inner);
#endif
} map SEC(".maps");

char _license[] SEC("license") = "GPL";
