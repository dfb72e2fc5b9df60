// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A program on a static probe that reads libbpf's specs by a layout of its own, of which the
   includer sets PADDING, not by that of the machine's usdt.bpf.h. */
#include <linux/ptrace.h>

#include "trail.h"

struct argument {
  __u64 value;
  __u8 kind; /* 0: the value, 1: a register, 2: memory that a register points to */
  __u8 padding[PADDING];
  __s16 register_offset;
  __u8 is_signed;
  __s8 shift;
};

struct spec {
  struct argument arguments[12];
  __u64 cookie;
  __s16 count;
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 16);
  __type(key, __u32);
  __type(value, struct spec);
} __bpf_usdt_specs SEC(".maps");

/* libbpf wants it, for kernels without cookies. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16);
  __type(key, long);
  __type(value, __u32);
} __bpf_usdt_ip_to_spec_id SEC(".maps");

SEC("usdt")
int probe(struct pt_regs *registers) {
  __u32 id = bpf_get_attach_cookie(registers);
  struct spec *spec = bpf_map_lookup_elem(&__bpf_usdt_specs, &id);
  if (!spec)
    return 0;
  struct argument *first = &spec->arguments[0];
  __u64 value = first->value;
  if (first->kind) {
    bpf_probe_read_kernel(&value, sizeof value, (void *)registers + first->register_offset);
    if (first->kind == 2)
      bpf_probe_read_user(&value, sizeof value, (void *)value + first->value);
  }
  note_watched(1, spec->cookie);
  note_watched(2, value);
  return 0;
}
