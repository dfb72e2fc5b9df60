// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* What bpftool loads to find out whether this machine lets anyone trace functions. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("fentry/security_inode_unlink")
int probe(void *arguments) {
  return 0;
}

char _license[] SEC("license") = "GPL";
