/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
/*
 * What a program does with which key and value stands in the frame, behind its Ethernet header.
 */
#pragma once

#define NOTHING 0xffff

struct request {
  __u32 key;
  __u32 unused;
  __u64 value;
};

static __always_inline struct request *request_in(struct xdp_md *frame) {
  void *data = (void *)(long)frame->data;
  struct request *request = data + 14;
  return (void *)(request + 1) > (void *)(long)frame->data_end ? 0 : request;
}

#define REQUEST(frame)                          \
  struct request *request = request_in(frame);  \
  if (!request)                                 \
    return XDP_ABORTED;                         \
  __u32 key = request->key;                     \
  __u64 value = request->value;                 \
  (void)key;                                     \
  (void)value
