// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Storages that the kernel makes for each cgroup that a program is attached to. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_CGROUP_STORAGE);
  __type(key, struct bpf_cgroup_storage_key);
  __type(value, __u64);
} sockets SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE);
  __type(key, struct bpf_cgroup_storage_key);
  __type(value, __u64);
} sockets_per_cpu SEC(".maps");

SEC("cgroup/sock_create")
int count_sockets(struct bpf_sock *socket) {
  __u64 *count = bpf_get_local_storage(&sockets, 0);
  __u64 *of_cpu = bpf_get_local_storage(&sockets_per_cpu, 0);
  ++*count;
  ++*of_cpu;
  return 1;
}

char _license[] SEC("license") = "GPL";
