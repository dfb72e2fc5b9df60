// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Relocations to the running kernel's types, one of each kind that clang makes. */
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct list_head {
  struct list_head *next;
};

struct mm_struct___ours {
  int absent;
};

struct task_struct {
  int pid;
  int tgid;
  char comm[16];
  struct task_struct *group_leader;
  struct list_head children;
  unsigned int sched_reset_on_fork : 1;
};

#pragma clang attribute pop

typedef struct task_struct task_t;

enum bpf_map_type___ours { BPF_MAP_TYPE_HASH___ours = 1, BPF_MAP_TYPE_NONE___ours = 99 };

__u64 seen[16];

SEC("raw_tp/sched_switch")
int use_kernel_types(struct bpf_raw_tracepoint_args *arguments) {
  struct task_struct *task = (struct task_struct *)arguments->args[1];
  struct task_struct *leader = BPF_CORE_READ(task, group_leader);
  seen[0] = BPF_CORE_READ(leader, pid);
  seen[1] = BPF_CORE_READ(task, children.next, next) != 0;
  seen[2] = BPF_CORE_READ(task, comm[3]);
  seen[3] = BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork);
  seen[4] = bpf_core_field_exists(((struct mm_struct___ours *)0)->absent);
  seen[5] = bpf_core_field_size(task->comm);
  seen[6] = bpf_core_field_offset(struct task_struct, comm);
  seen[7] = bpf_core_type_id_local(task_t);
  seen[8] = bpf_core_type_id_kernel(struct task_struct);
  seen[9] = bpf_core_type_exists(struct mm_struct___ours);
  seen[10] = bpf_core_type_size(struct list_head);
  seen[11] = bpf_core_enum_value_exists(enum bpf_map_type___ours, BPF_MAP_TYPE_NONE___ours);
  seen[12] = bpf_core_enum_value(enum bpf_map_type___ours, BPF_MAP_TYPE_HASH___ours);
  return 0;
}

char _license[] SEC("license") = "GPL";
