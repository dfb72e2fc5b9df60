// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Programs on functions of the kernel; each notes its attach cookie. */
#include "trail.h"

#include "cookie.h"

SEC("kprobe/security_inode_unlink")
int kprobe(void *registers) {
  note_watched(1, cookie(registers));
  return 0;
}

SEC("kretprobe/security_inode_unlink")
int kretprobe(void *registers) {
  note_watched(2, cookie(registers));
  return 0;
}

SEC("ksyscall/getpgid")
int ksyscall(void *registers) {
  note_watched(3, cookie(registers));
  return 0;
}
