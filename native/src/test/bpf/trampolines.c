// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Programs that the kernel reaches through a trampoline. */
#include "trail.h"

#include "cookie.h"

SEC("fentry/security_inode_unlink")
int entered(__u64 *arguments) {
  note_watched(1, cookie(arguments));
  return 0;
}

/* Arguments, then the result. */
SEC("fexit/security_inode_unlink")
int returned(__u64 *arguments) {
  note_watched(2, arguments[2]);
  return 0;
}

SEC("fmod_ret/security_inode_mkdir")
int forbid_mkdir(__u64 *arguments) {
  if (!is_watched())
    return 0;
  note(3, 0);
  return -1;
}
