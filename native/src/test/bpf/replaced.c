// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A program with a function that another program can replace. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

__attribute__((noinline)) int verdict(struct xdp_md *frame) {
  volatile int result = XDP_PASS;
  return frame ? result : XDP_ABORTED;
}

SEC("xdp")
int dispatch(struct xdp_md *frame) {
  return verdict(frame);
}

char _license[] SEC("license") = "GPL";
