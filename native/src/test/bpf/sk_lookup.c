// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Programs of a network namespace: what comes to port 7 goes to the socket of key 0. */
#include "trail.h"

struct {
  __uint(type, BPF_MAP_TYPE_SOCKMAP);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} sockets SEC(".maps");

SEC("sk_lookup")
int redirect(struct bpf_sk_lookup *lookup) {
  __u32 key = 0;
  if (lookup->local_port != 7)
    return SK_PASS;
  note(1, lookup->local_port);
  struct bpf_sock *socket = bpf_map_lookup_elem(&sockets, &key);
  if (!socket)
    return SK_DROP;
  long result = bpf_sk_assign(lookup, socket, 0);
  bpf_sk_release(socket);
  return result ? SK_DROP : SK_PASS;
}

SEC("flow_dissector")
int dissect(struct __sk_buff *packet) {
  note(2, 0);
  return BPF_OK;
}
