// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Plays the program of somebody else, which nobody but its owner may remove. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("xdp")
int foreign(struct xdp_md *frame) {
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
