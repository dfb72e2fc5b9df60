// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Programs on the kernel's and user space's own places; each notes its attach cookie. */
#include "trail.h"

#include "cookie.h"

struct task_struct {
  int pid;
  int tgid;
} __attribute__((preserve_access_index));

SEC("tp/syscalls/sys_enter_getpgid")
int tracepoint(void *event) {
  note_watched(1, cookie(event));
  return 0;
}

SEC("raw_tp/task_newtask")
int raw_tracepoint(struct bpf_raw_tracepoint_args *event) {
  note_watched(2, 0);
  return 0;
}

SEC("raw_tp/task_newtask")
int raw_tracepoint_cookie(struct bpf_raw_tracepoint_args *event) {
  note_watched(2, cookie(event));
  return 0;
}

/* The new thread's process. */
SEC("tp_btf/task_newtask")
int btf_tracepoint(__u64 *event) {
  struct task_struct *task = (void *)event[0];
  note_watched(3, task->tgid);
  return 0;
}

SEC("tp_btf/task_newtask")
int btf_tracepoint_cookie(__u64 *event) {
  note_watched(4, cookie(event));
  return 0;
}

/* Forbids the watched process to make folders. */
SEC("lsm/inode_mkdir")
int forbid_mkdir(__u64 *event) {
  if (!is_watched())
    return 0;
  note(5, cookie(event));
  return -1;
}
