// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* As the usdt.bpf.h of libbpf 1.7: an argument takes 24 bytes. */
#define PADDING 5

#include "usdt_specs.h"

_Static_assert(sizeof(struct argument) == 24, "24 bytes");
