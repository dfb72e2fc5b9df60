// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A map that has the name of a ring buffer's counter, and is none. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} events SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} events_dropped SEC(".maps");
