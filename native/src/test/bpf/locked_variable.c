// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A global variable behind a lock (kernel 6.2), and one beside it. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

/* The kernel finds the lock by its type, and refuses to let user space write over it. */
__hidden struct bpf_spin_lock guard SEC(".data.locked");
__hidden volatile __u64 guarded SEC(".data.locked");

volatile __u64 beside = 1;

SEC("xdp")
int lock(struct xdp_md *frame) {
  bpf_spin_lock(&guard);
  guarded += 1;
  bpf_spin_unlock(&guard);
  beside += 1;
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
