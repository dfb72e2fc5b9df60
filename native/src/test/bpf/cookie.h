// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* The number that was given when the program was attached; 0 on a kernel that knows no such. */
#include <bpf/bpf_core_read.h>

static __always_inline __u64 cookie(void *context) {
  return bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_attach_cookie)
             ? bpf_get_attach_cookie(context)
             : 0;
}
