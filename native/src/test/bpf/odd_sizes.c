// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Sizes that the kernel refuses as they stand, and that loaders mend. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 5000);
  __type(key, __u32);
  __type(value, __u64);
} ring SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
} events SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_CPUMAP);
  __uint(key_size, 4);
  __uint(value_size, 4);
} cpus SEC(".maps");

SEC("xdp")
int use_them(struct xdp_md *frame) {
  __u64 event = 1;
  bpf_ringbuf_output(&ring, &event, sizeof(event), 0);
  bpf_perf_event_output(frame, &events, BPF_F_CURRENT_CPU, &event, sizeof(event));
  return bpf_redirect_map(&cpus, 0, XDP_PASS);
}

char _license[] SEC("license") = "GPL";
