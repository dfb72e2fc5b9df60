/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
#pragma once

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

/* Frames by IP protocol; index 0 also holds every frame in which no IP header was found. */
struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 256);
  __type(key, __u32);
  __type(value, long);
} rxcnt SEC(".maps");
