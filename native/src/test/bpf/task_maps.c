// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Maps of what tracing programs meet: stacks, tasks, cgroups, perf events. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define DEPTH 20

/* Newer (kernel 6.2) than the headers of some systems. */
#define MAP_TYPE_CGRP_STORAGE 32
static void *(*const cgrp_storage_get)(void *map, void *cgroup, void *value,
                                       __u64 flags) = (void *)210;

struct cgroup;

struct css_set {
  struct cgroup *dfl_cgrp;
} __attribute__((preserve_access_index));

struct task_struct {
  int pid;
  struct css_set *cgroups;
} __attribute__((preserve_access_index));

struct {
  __uint(type, BPF_MAP_TYPE_STACK_TRACE);
  __uint(max_entries, 64);
  __uint(key_size, sizeof(__u32));
  __uint(value_size, DEPTH * sizeof(__u64));
} stacks SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_STACK_TRACE);
  __uint(max_entries, 64);
  __uint(map_flags, BPF_F_STACK_BUILD_ID);
  __uint(key_size, sizeof(__u32));
  __uint(value_size, DEPTH * sizeof(struct bpf_stack_build_id));
} stacks_of_files SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_TASK_STORAGE);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, int);
  __type(value, __u64);
} of_task SEC(".maps");

struct {
  __uint(type, MAP_TYPE_CGRP_STORAGE);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, int);
  __type(value, __u64);
} of_cgroup SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_CGROUP_ARRAY);
  __uint(max_entries, 4);
  __uint(key_size, sizeof(__u32));
  __uint(value_size, sizeof(__u32));
} cgroups SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
  __uint(max_entries, 4);
  __uint(key_size, sizeof(__u32));
  __uint(value_size, sizeof(__u32));
} events SEC(".maps");

/* The arguments of the tracepoint, as the test gives them. */
struct bpf_raw_tracepoint_args_of_test {
  __u64 key;
};

SEC("raw_tp")
int kernel_stack(void *context) {
  return bpf_get_stackid(context, &stacks, 0);
}

SEC("raw_tp")
int user_stack(void *context) {
  return bpf_get_stackid(context, &stacks_of_files, BPF_F_USER_STACK);
}

SEC("raw_tp")
int under_cgroup(struct bpf_raw_tracepoint_args_of_test *context) {
  return bpf_current_task_under_cgroup(&cgroups, context->key);
}

/* Adds one to what the task has, and returns the sum. */
SEC("raw_tp")
int count_for_task(void *context) {
  __u64 *count = bpf_task_storage_get(&of_task, bpf_get_current_task_btf(), 0,
                                      BPF_LOCAL_STORAGE_GET_F_CREATE);
  return count ? ++*count : -1;
}

SEC("raw_tp")
int count_for_cgroup(void *context) {
  struct task_struct *task = bpf_get_current_task_btf();
  __u64 *count =
      cgrp_storage_get(&of_cgroup, task->cgroups->dfl_cgrp, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
  return count ? ++*count : -1;
}

SEC("raw_tp")
int to_event(struct bpf_raw_tracepoint_args_of_test *context) {
  __u64 sample = 42;
  return bpf_perf_event_output(context, &events, context->key, &sample, sizeof(sample));
}

char _license[] SEC("license") = "GPL";
