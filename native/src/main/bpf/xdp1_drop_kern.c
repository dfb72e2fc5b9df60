// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
#include "rxcnt.h"
#include "xdp1.h"

SEC("xdp")
int xdp_prog1(struct xdp_md *frame) {
  count_frame(frame);
  return XDP_DROP;
}

char _license[] SEC("license") = "GPL";
