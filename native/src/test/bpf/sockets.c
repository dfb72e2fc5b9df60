// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Programs of single sockets. */
#include "trail.h"

struct {
  __uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
  __uint(max_entries, 2);
  __type(key, __u32);
  __type(value, __u64);
} group SEC(".maps");

/* Lets through what is longer than a UDP header and one byte. */
SEC("socket")
int longer_than_one(struct __sk_buff *packet) {
  note(1, packet->len);
  return packet->len > 9 ? packet->len : 0;
}

SEC("socket")
int nothing(struct __sk_buff *packet) {
  return 0;
}

/* The first byte says which socket. */
SEC("sk_reuseport")
int by_first_byte(struct sk_reuseport_md *packet) {
  __u8 byte = 0;
  if (bpf_skb_load_bytes(packet, 8, &byte, 1))
    return SK_DROP;
  __u32 key = byte & 1;
  note(2, key);
  return bpf_sk_select_reuseport(packet, &group, &key, 0) ? SK_DROP : SK_PASS;
}
