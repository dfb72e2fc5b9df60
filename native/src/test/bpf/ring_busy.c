// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A record that stays busy until the test lets go of it (bpf_loop: kernel 5.17). */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} events SEC(".maps");

/* 0: hold it, 1: submit it, 2: discard it. */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} fate SEC(".maps");

static __u64 current_fate(void) {
  __u32 key = 0;
  __u64 *value = bpf_map_lookup_elem(&fate, &key);
  return value ? *(volatile __u64 *)value : 1;
}

static long look(__u32 index, void *context) {
  return current_fate() != 0;
}

SEC("tc")
int hold(struct __sk_buff *frame) {
  __u64 *word = bpf_ringbuf_reserve(&events, sizeof(__u64), 0);
  if (!word)
    return -1;
  *word = 4711;
  /* Some seconds at most: by then the test has failed. */
  for (int i = 0; i < 64; i++)
    if (bpf_loop(1 << 23, look, 0, 0) < 1 << 23)
      break;
  if (current_fate() == 2)
    bpf_ringbuf_discard(word, 0);
  else
    bpf_ringbuf_submit(word, 0);
  return 0;
}

/* One that follows it. */
SEC("tc")
int follow(struct __sk_buff *frame) {
  __u64 *word = bpf_ringbuf_reserve(&events, sizeof(__u64), 0);
  if (!word)
    return -1;
  *word = 4712;
  bpf_ringbuf_submit(word, 0);
  return 0;
}

char _license[] SEC("license") = "GPL";
