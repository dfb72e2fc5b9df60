// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A congestion control of TCP: a struct of functions that the kernel calls. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#ifndef OURS
#define OURS "bpf4j_ours"
#define SECTION ".struct_ops"
#endif

struct sock;

struct tcp_congestion_ops {
  __u32 (*ssthresh)(struct sock *socket);
  void (*cong_avoid)(struct sock *socket, __u32 ack, __u32 acked);
  __u32 (*undo_cwnd)(struct sock *socket);
  char name[16];
  __u32 flags;
};

SEC("struct_ops/ssthresh")
__u32 BPF_PROG(ssthresh, struct sock *socket) {
  return 2;
}

SEC("struct_ops/cong_avoid")
void BPF_PROG(cong_avoid, struct sock *socket, __u32 ack, __u32 acked) {}

SEC("struct_ops/undo_cwnd")
__u32 BPF_PROG(undo_cwnd, struct sock *socket) {
  return 2;
}

SEC(SECTION)
struct tcp_congestion_ops ours = {
    .ssthresh = (void *)ssthresh,
    .cong_avoid = (void *)cong_avoid,
    .undo_cwnd = (void *)undo_cwnd,
    .name = OURS,
    .flags = 1, /* TCP_CONG_NON_RESTRICTED: also in other namespaces than the first */
};

char _license[] SEC("license") = "GPL";
