// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Filters that note the device of each packet; -1 hands it on to the next one. */
#include "trail.h"

#include <linux/pkt_cls.h>

SEC("tc")
int first(struct __sk_buff *packet) {
  note(1, packet->ifindex);
  return TC_ACT_UNSPEC;
}

SEC("tc")
int second(struct __sk_buff *packet) {
  note(2, packet->ifindex);
  return TC_ACT_UNSPEC;
}

SEC("tc")
int third(struct __sk_buff *packet) {
  note(3, packet->ifindex);
  return TC_ACT_UNSPEC;
}

SEC("tc")
int drop(struct __sk_buff *packet) {
  note(4, packet->ifindex);
  return TC_ACT_SHOT;
}
