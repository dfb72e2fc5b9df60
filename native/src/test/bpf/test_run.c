// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* What BPF_PROG_TEST_RUN hands in and out: the device in the context, and a frame that changes. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define GROWTH 8

SEC("xdp")
int xdp_device(struct xdp_md *frame) {
  return frame->ingress_ifindex;
}

SEC("tc")
int tc_device(struct __sk_buff *frame) {
  return frame->ifindex;
}

/* Puts bytes of 0xaa before the frame. */
SEC("xdp")
int grow(struct xdp_md *frame) {
  if (bpf_xdp_adjust_head(frame, -GROWTH))
    return XDP_ABORTED;
  unsigned char *data = (void *)(long)frame->data;
  if (data + GROWTH > (unsigned char *)(long)frame->data_end)
    return XDP_ABORTED;
  __builtin_memset(data, 0xaa, GROWTH);
  return XDP_TX;
}

/* Takes away all but the first 14 bytes. */
SEC("xdp")
int shrink(struct xdp_md *frame) {
  long length = frame->data_end - frame->data;
  return bpf_xdp_adjust_tail(frame, 14 - length) ? XDP_ABORTED : XDP_TX;
}

/* Writes into the context. */
SEC("tc")
int mark(struct __sk_buff *frame) {
  frame->mark += 1;
  return frame->mark;
}

SEC("xdp")
int pass(struct xdp_md *frame) {
  return XDP_PASS;
}

/* What was given, or where it runs. */
SEC("raw_tp/sys_enter")
int arguments(struct bpf_raw_tracepoint_args *context) {
  return context->args[0] ? context->args[1] : bpf_get_smp_processor_id();
}

char _license[] SEC("license") = "GPL";
