// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* The verifier refuses this: it reads the frame without a look at where the frame ends. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("xdp")
int out_of_bounds(struct xdp_md *frame) {
  unsigned char *data = (void *)(long)frame->data;
  return data[12] == 8 ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
