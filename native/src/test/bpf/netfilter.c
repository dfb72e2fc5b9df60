// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* Hooks of netfilter. libbpf before 1.3 does not know the section: the test says the type. */
#include "trail.h"

#define NF_DROP 0
#define NF_ACCEPT 1

SEC("?netfilter")
int accept_all(void *state) {
  note(1, 0);
  return NF_ACCEPT;
}

SEC("?netfilter")
int drop_all(void *state) {
  note(2, 0);
  return NF_DROP;
}
