// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* What programs saw, in the order of time: how tests know that a hook really calls a program. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct step {
  __u64 nanos;
  __u64 who;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4096);
  __type(key, struct step);
  __type(value, __u64);
} trail SEC(".maps");

/* Key 0: the process to watch, 0 for all. */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u32);
} watched SEC(".maps");

static __always_inline void note(__u64 who, __u64 value) {
  struct step step = {bpf_ktime_get_ns(), who};
  bpf_map_update_elem(&trail, &step, &value, BPF_ANY);
}

/* Whether the current thread belongs to the process to watch. */
static __always_inline int is_watched(void) {
  __u32 key = 0;
  __u32 *process = bpf_map_lookup_elem(&watched, &key);
  return process && (*process == 0 || *process == bpf_get_current_pid_tgid() >> 32);
}

/* The same for what other processes cause all the time. */
static __always_inline void note_watched(__u64 who, __u64 value) {
  if (is_watched())
    note(who, value);
}

char _license[] SEC("license") = "GPL";
