// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* As the usdt.bpf.h of libbpf 1.0 to 1.6: an argument takes 16 bytes. */
#define PADDING 3

#include "usdt_specs.h"

_Static_assert(sizeof(struct argument) == 16, "16 bytes");
