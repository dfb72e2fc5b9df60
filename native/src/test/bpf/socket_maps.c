// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Maps of sockets, and programs that say which one they find: its local port. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define SIZE 4
#define NOTHING 0xffff

#define MAP(name, map_type, key_type, value_type) \
  struct {                                        \
    __uint(type, map_type);                       \
    __uint(max_entries, SIZE);                    \
    __type(key, key_type);                        \
    __type(value, value_type);                    \
  } name SEC(".maps")

MAP(sockmap, BPF_MAP_TYPE_SOCKMAP, __u32, __u64);
MAP(sockmap_without_cookies, BPF_MAP_TYPE_SOCKMAP, __u32, __u32);
MAP(sockhash, BPF_MAP_TYPE_SOCKHASH, __u64, __u64);
MAP(reuseport, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY, __u32, __u64);
MAP(chosen, BPF_MAP_TYPE_ARRAY, __u32, __u32);

static __always_inline int key_in(struct __sk_buff *frame) {
  __u32 key = 0;
  bpf_skb_load_bytes(frame, 14, &key, sizeof(key));
  return key;
}

static __always_inline int port_of(struct bpf_sock *socket) {
  if (!socket)
    return NOTHING;
  int port = socket->src_port;
  bpf_sk_release(socket);
  return port;
}

SEC("tc")
int port_in_sockmap(struct __sk_buff *frame) {
  __u32 key = key_in(frame);
  return port_of(bpf_map_lookup_elem(&sockmap, &key));
}

SEC("tc")
int port_in_sockhash(struct __sk_buff *frame) {
  __u64 key = key_in(frame);
  return port_of(bpf_map_lookup_elem(&sockhash, &key));
}

SEC("sk_reuseport")
int choose(struct sk_reuseport_md *group) {
  __u32 zero = 0;
  __u32 *index = bpf_map_lookup_elem(&chosen, &zero);
  if (!index)
    return SK_DROP;
  return bpf_sk_select_reuseport(group, &reuseport, index, 0) ? SK_DROP : SK_PASS;
}

SEC("sk_msg")
int keep(struct sk_msg_md *message) {
  __u32 key = 0;
  bpf_msg_redirect_map(message, &sockmap_without_cookies, key, 0);
  return SK_PASS;
}

char _license[] SEC("license") = "GPL";
