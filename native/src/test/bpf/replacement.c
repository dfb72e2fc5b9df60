// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* What takes the place of a function of another program. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("freplace/verdict")
int replacement(struct xdp_md *frame) {
  return XDP_DROP;
}

char _license[] SEC("license") = "GPL";
