// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* The verifier takes the first program and refuses the second, which returns nothing. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("xdp")
int good(struct xdp_md *frame) {
  return XDP_PASS;
}

SEC("xdp")
__attribute__((naked)) int bad(struct xdp_md *frame) {
  asm volatile("exit");
}

SEC("xdp")
int never_reached(struct xdp_md *frame) {
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
