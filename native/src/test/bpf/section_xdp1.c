// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* xdp1 between the old form and today's. */
#include "../../main/bpf/rxcnt.h"
#include "../../main/bpf/xdp1.h"

SEC("xdp1")
int xdp_prog1(struct xdp_md *frame) {
  count_frame(frame);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
