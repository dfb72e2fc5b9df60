// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A program that nothing but BPF_PROG_TEST_RUN calls, and that answers in its argument. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct sum {
  __u32 left;
  __u32 right;
  __u64 result;
};

SEC("syscall")
int add(struct sum *sum) {
  sum->result = (__u64)sum->left + sum->right;
  return 5;
}

char _license[] SEC("license") = "GPL";
