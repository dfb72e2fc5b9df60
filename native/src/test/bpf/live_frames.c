// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* The generator of packets: run by BPF_PROG_TEST_RUN with live frames, it sends each of them. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("xdp")
int send(struct xdp_md *frame) {
  return XDP_TX;
}

char _license[] SEC("license") = "GPL";
