// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Refused at its last line, after a log of more than a megabyte: the verifier walks through each
 * round of the loop and tells of each step.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("xdp")
int long_winded(struct xdp_md *frame) {
  __u32 sum = 0;
#pragma clang loop unroll(disable)
  for (int i = 0; i < 2500; i++)
    sum += *(volatile __u32 *)&frame->rx_queue_index;
  return sum + *(unsigned char *)(long)frame->data;
}

char _license[] SEC("license") = "GPL";
