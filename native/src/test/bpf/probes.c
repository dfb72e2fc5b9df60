// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Programs on functions of user space; each notes its attach cookie. */
#include "trail.h"

#include "cookie.h"

SEC("uprobe")
int entered(void *registers) {
  note_watched(1, cookie(registers));
  return 0;
}

SEC("uretprobe")
int returned(void *registers) {
  note_watched(2, cookie(registers));
  return 0;
}

SEC("uprobe/libc.so.6:getpgid")
int by_section(void *registers) {
  note_watched(3, cookie(registers));
  return 0;
}
