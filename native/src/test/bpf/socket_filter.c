// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* The only program is not for XDP. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("socket")
int accept_all(struct __sk_buff *packet) {
  return packet->len;
}

char _license[] SEC("license") = "GPL";
