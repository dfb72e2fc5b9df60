// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* The same for Linux 7.0, which adds the last argument by itself. */
#define IMPLICIT
#include "streams.c"
