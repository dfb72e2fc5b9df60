// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Every program that a process of this machine begins (execve, fexecve, execveat), with its first
 * arguments. Needs Linux 5.8, for the ring buffer, with BTF: the kernel's own structs are found by
 * the names of their members.
 */
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#define COMM_BYTES 16 /* TASK_COMM_LEN */
#define FILE_BYTES 256
#define ARGUMENT_BYTES 512

/* As much of the kernel's structs as is read here. */
struct mm_struct {
  unsigned long arg_start, arg_end;
} __attribute__((preserve_access_index));

struct task_struct {
  int tgid;
  struct task_struct *real_parent;
  struct mm_struct *mm;
} __attribute__((preserve_access_index));

/* /sys/kernel/tracing/events/sched/sched_process_exec/format */
struct trace_event_raw_sched_process_exec {
  __u32 __data_loc_filename; /* bytes (16) | where they are from here (16) */
} __attribute__((preserve_access_index));

struct exec {
  __u32 pid;
  __u32 parent;
  __u32 uid;
  __u32 argument_bytes; /* of all arguments, also where they do not fit */
  char comm[COMM_BYTES];
  char file[FILE_BYTES];
  char arguments[ARGUMENT_BYTES]; /* one behind the other, each with a NUL */
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 1024 * 1024);
} execs SEC(".maps");

/* Takes the type into the BTF, where the reader finds it. */
struct exec *type_of_exec;

/* What found no room in it: the reader finds this counter by its name. */
struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} execs_dropped SEC(".maps");

static __always_inline void count_dropped(void) {
  __u32 key = 0;
  __u64 *count = bpf_map_lookup_elem(&execs_dropped, &key);
  if (count)
    ++*count;
}

SEC("tp/sched/sched_process_exec")
int on_exec(struct trace_event_raw_sched_process_exec *event) {
  struct exec *exec = bpf_ringbuf_reserve(&execs, sizeof(*exec), 0);
  if (!exec) {
    count_dropped();
    return 0;
  }
  struct task_struct *task = (void *)bpf_get_current_task();
  exec->pid = bpf_get_current_pid_tgid() >> 32;
  exec->parent = BPF_CORE_READ(task, real_parent, tgid);
  exec->uid = bpf_get_current_uid_gid();
  bpf_get_current_comm(exec->comm, sizeof(exec->comm));
  bpf_probe_read_kernel_str(exec->file, sizeof(exec->file),
                            (void *)event + (event->__data_loc_filename & 0xffff));

  /* The memory is the new program's already. */
  unsigned long start = BPF_CORE_READ(task, mm, arg_start);
  unsigned long bytes = BPF_CORE_READ(task, mm, arg_end) - start;
  exec->argument_bytes = bytes;
  if (bytes > sizeof(exec->arguments))
    bytes = sizeof(exec->arguments);
  if (bpf_probe_read_user(exec->arguments, bytes, (void *)start))
    exec->argument_bytes = 0; /* swapped out since */
  bpf_ringbuf_submit(exec, 0);
  return 0;
}

char _license[] SEC("license") = "GPL";
