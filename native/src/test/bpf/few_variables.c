// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Variables for an object without BTF too, where only the symbol table tells of them. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

const volatile __u32 threshold = 100;
volatile __u64 seen;
volatile __u8 odd[3] = {1, 2, 3};
static volatile __u16 runs = 7;

SEC("xdp")
int see(struct xdp_md *frame) {
  seen = threshold + odd[2];
  runs++;
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
