// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* The same congestion control for a kernel and a libbpf that hold it by a link. */
#define OURS "bpf4j_linked"
#define SECTION ".struct_ops.link"
#include "struct_ops.c"
