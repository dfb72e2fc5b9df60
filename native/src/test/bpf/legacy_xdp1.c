// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* xdp1 as tutorials and old kernel trees have it: libbpf 1.0 refuses map and section name. */
#include "legacy.h"

struct bpf_map_def SEC("maps") rxcnt = {
    .type = BPF_MAP_TYPE_PERCPU_ARRAY,
    .key_size = sizeof(__u32),
    .value_size = sizeof(long),
    .max_entries = 256,
};

#include "../../main/bpf/xdp1.h"

SEC("xdp1")
int xdp_prog1(struct xdp_md *frame) {
  count_frame(frame);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
