// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Takes what user space sends down (kernel 6.1), and sends up what it has seen of each sample: its
 * length and number, which its first 8 bytes say, and its last 8 bytes.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct seen {
  __u32 bytes;
  __u32 number;
  __u64 last;
};

struct {
  __uint(type, BPF_MAP_TYPE_USER_RINGBUF);
  __uint(max_entries, 4096);
} commands SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 65536);
} echo SEC(".maps");

static long take(struct bpf_dynptr *sample, void *limit) {
  struct seen seen = {};
  if (bpf_dynptr_read(&seen, 8, sample, 0, 0))
    return 1;
  if (seen.bytes >= 16)
    bpf_dynptr_read(&seen.last, 8, sample, seen.bytes - 8, 0);
  bpf_ringbuf_output(&echo, &seen, sizeof(seen), 0);
  return --*(__u32 *)limit == 0;
}

/* Returns how many it took, or a negative error. */
SEC("tc")
int drain_all(struct __sk_buff *frame) {
  __u32 limit = 1 << 30;
  return bpf_user_ringbuf_drain(&commands, take, &limit, 0);
}

SEC("tc")
int drain_one(struct __sk_buff *frame) {
  __u32 limit = 1;
  return bpf_user_ringbuf_drain(&commands, take, &limit, 0);
}

char _license[] SEC("license") = "GPL";
