// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Programs of the sockets in a sockmap. */
#include "trail.h"

struct {
  __uint(type, BPF_MAP_TYPE_SOCKMAP);
  __uint(max_entries, 2);
  __type(key, __u32);
  __type(value, __u64);
} sockets SEC(".maps");

SEC("sk_msg")
int sent(struct sk_msg_md *message) {
  note(1, message->size);
  return SK_PASS;
}

SEC("sk_msg")
int sent_too(struct sk_msg_md *message) {
  note(2, message->size);
  return SK_PASS;
}

SEC("sk_skb/stream_parser")
int parse(struct __sk_buff *packet) {
  note(3, packet->len);
  return packet->len;
}

SEC("sk_skb/stream_verdict")
int received(struct __sk_buff *packet) {
  note(4, packet->len);
  return SK_PASS;
}
