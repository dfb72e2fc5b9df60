// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A program that samples. */
#include "trail.h"

#include "cookie.h"

#include <linux/bpf_perf_event.h>

SEC("perf_event")
int sample(struct bpf_perf_event_data *event) {
  note_watched(1, cookie(event));
  return 0;
}
