/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0 */
#pragma once

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* What follows an ethertype that says "VLAN"; the UAPI headers have no type for it. */
struct vlan_tag {
  __be16 control;
  __be16 ethertype;
};

#define MAX_VLAN_TAGS 2

static __always_inline __u32 ip_protocol(struct xdp_md *frame) {
  void *data = (void *)(long)frame->data;
  void *end = (void *)(long)frame->data_end;

  struct ethhdr *ethernet = data;
  if ((void *)(ethernet + 1) > end)
    return 0;
  void *payload = ethernet + 1;
  __be16 ethertype = ethernet->h_proto;

  /* Unrolled, because kernels before 5.3 refuse a loop. */
#pragma unroll
  for (int i = 0; i < MAX_VLAN_TAGS; i++) {
    if (ethertype != bpf_htons(ETH_P_8021Q) && ethertype != bpf_htons(ETH_P_8021AD))
      break;
    struct vlan_tag *tag = payload;
    if ((void *)(tag + 1) > end)
      return 0;
    payload = tag + 1;
    ethertype = tag->ethertype;
  }

  if (ethertype == bpf_htons(ETH_P_IP)) {
    struct iphdr *ip = payload;
    return (void *)(ip + 1) > end ? 0 : ip->protocol;
  }
  if (ethertype == bpf_htons(ETH_P_IPV6)) {
    struct ipv6hdr *ip = payload;
    return (void *)(ip + 1) > end ? 0 : ip->nexthdr;
  }
  return 0;
}

/* Whoever includes this has defined the map rxcnt. */
static __always_inline void count_frame(struct xdp_md *frame) {
  __u32 protocol = ip_protocol(frame);
  long *count = bpf_map_lookup_elem(&rxcnt, &protocol);
  /* No atomic: the value is this CPU's own, and XDP is not entered twice on one CPU. */
  if (count)
    ++*count;
}
