// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Iterators that write lines, and one that writes records. */
#include "trail.h"

struct seq_file;

struct bpf_iter_meta {
  struct seq_file *seq;
} __attribute__((preserve_access_index));

struct task_struct {
  int pid;
  int tgid;
} __attribute__((preserve_access_index));

struct bpf_iter__task {
  struct bpf_iter_meta *meta;
  struct task_struct *task;
} __attribute__((preserve_access_index));

struct bpf_iter__bpf_map_elem {
  struct bpf_iter_meta *meta;
  void *map;
  void *key;
  void *value;
} __attribute__((preserve_access_index));

struct cgroup;

struct bpf_iter__cgroup {
  struct bpf_iter_meta *meta;
  struct cgroup *cgroup;
} __attribute__((preserve_access_index));

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 8);
  __type(key, __u32);
  __type(value, __u64);
} entries SEC(".maps");

SEC("iter/task")
int tasks(struct bpf_iter__task *walk) {
  static const char line[] = "%d %d\n";
  struct task_struct *task = walk->task;
  if (!task)
    return 0;
  __u64 numbers[] = {task->tgid, task->pid};
  bpf_seq_printf(walk->meta->seq, line, sizeof(line), numbers, sizeof(numbers));
  return 0;
}

struct record {
  __u64 key;
  __u64 value;
};

SEC("iter/bpf_map_elem")
int elements(struct bpf_iter__bpf_map_elem *walk) {
  __u32 *key = walk->key;
  __u64 *value = walk->value;
  if (!key || !value)
    return 0;
  struct record record = {*key, *value};
  bpf_seq_write(walk->meta->seq, &record, sizeof(record));
  return 0;
}

SEC("iter/cgroup")
int cgroups(struct bpf_iter__cgroup *walk) {
  static const char line[] = "cgroup\n";
  if (walk->cgroup)
    bpf_seq_write(walk->meta->seq, line, sizeof(line) - 1);
  return 0;
}
