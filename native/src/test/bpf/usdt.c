// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A program on a static probe; it notes the cookie and the first argument. */
#include <linux/ptrace.h>
#include <stdbool.h>

#include "trail.h"

#include <bpf/bpf_tracing.h>
#include <bpf/usdt.bpf.h>

SEC("usdt")
int probe(struct pt_regs *registers) {
  long argument = 0;
  bpf_usdt_arg(registers, 0, &argument);
  note_watched(1, bpf_usdt_cookie(registers));
  note_watched(2, argument);
  return 0;
}
