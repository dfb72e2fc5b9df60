// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A program of any type: it ends with what its type allows. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC(SECTION)
int program(void *context) {
  return RESULT;
}

char _license[] SEC("license") = "GPL";
