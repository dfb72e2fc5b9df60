/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
#pragma once

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

/* libbpf's headers lost this struct with 1.0; objects of before are made of it. */
struct bpf_map_def {
  unsigned int type;
  unsigned int key_size;
  unsigned int value_size;
  unsigned int max_entries;
  unsigned int map_flags;
};
