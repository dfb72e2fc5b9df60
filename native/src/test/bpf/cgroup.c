// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Programs of a cgroup's hooks; each notes that it was called, and lets things pass unless it says
 * otherwise. */
#include "trail.h"

#define ALLOW 1
#define DENY 0

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *packet) {
  note(1, packet->len);
  return ALLOW;
}

SEC("cgroup_skb/egress")
int egress_too(struct __sk_buff *packet) {
  note(2, packet->len);
  return ALLOW;
}

SEC("cgroup_skb/egress")
int egress_last(struct __sk_buff *packet) {
  note(3, packet->len);
  return ALLOW;
}

SEC("cgroup_skb/ingress")
int ingress(struct __sk_buff *packet) {
  note(4, packet->len);
  return ALLOW;
}

SEC("cgroup/sock_create")
int forbid_sockets(struct bpf_sock *socket) {
  note(5, socket->family);
  return DENY;
}

/* The port in network byte order, low 16 bits. */
SEC("cgroup/connect4")
int forbid_connect(struct bpf_sock_addr *address) {
  note(6, address->user_port);
  return DENY;
}

SEC("cgroup/dev")
int forbid_devices(struct bpf_cgroup_dev_ctx *device) {
  note(7, device->minor);
  return DENY;
}

SEC("cgroup/sysctl")
int forbid_settings(struct bpf_sysctl *setting) {
  note(8, setting->write);
  return DENY;
}

SEC("cgroup/getsockopt")
int read_option(struct bpf_sockopt *option) {
  note(9, option->optname);
  return ALLOW;
}

SEC("sockops")
int socket_state(struct bpf_sock_ops *socket) {
  note(10, socket->op);
  return 1;
}
