// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A program that prints to trace_pipe. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} counts SEC(".maps");

static __always_inline __u64 *count(void) {
  __u32 key = 0;
  return bpf_map_lookup_elem(&counts, &key);
}

SEC("tc")
int to_trace_pipe(struct __sk_buff *frame) {
  __u64 *number = count();
  if (number)
    bpf_printk("bpf4j prints %llu of %s", ++*number, "many");
  return 0;
}

char _license[] SEC("license") = "GPL";
