// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Global variables of every width, sign, shape and section. `copy` moves each input to its output,
 * `publish` answers a flag, `count` adds to counters as many CPUs at once would.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

enum level { LOW = -1, HIGH = 70000 };
enum __attribute__((packed)) small { FEW, MANY = 200 };

struct settings {
  __u32 limit;
  __u8 enabled;
  __u64 mask;
};

extern int LINUX_KERNEL_VERSION __kconfig;
extern int CONFIG_BPF4J_TEST __kconfig __weak;

/* Written before the load, by whoever opens the object. */
const volatile __u32 threshold = 100;
const volatile _Bool strict;
const volatile char device[16] = "lo";
const volatile struct settings initial = {.limit = 1, .enabled = 1, .mask = 1ULL << 63};
const volatile __s16 bias SEC(".rodata.tuning") = -5;

/* In and out. */
volatile __u8 in_u8;
volatile __s8 in_s8;
volatile __u16 in_u16;
volatile __s16 in_s16;
volatile __u32 in_u32;
volatile __s32 in_s32;
volatile __u64 in_u64;
volatile __s64 in_s64;
volatile _Bool in_bool;
volatile enum level in_level;
volatile enum small in_small;
volatile __u16 in_ports[5];
volatile __u64 in_matrix[2][3];
volatile struct settings in_settings;

volatile __u8 out_u8 = 1;
volatile __s8 out_s8 = -1;
volatile __u16 out_u16 = 1;
volatile __s16 out_s16 = -1;
volatile __u32 out_u32 = 1;
volatile __s32 out_s32 = -1;
volatile __u64 out_u64 = 1;
volatile __s64 out_s64 = -1;
volatile _Bool out_bool = 1;
volatile enum level out_level = HIGH;
volatile enum small out_small = MANY;
volatile __u16 out_ports[5] = {1, 2, 3, 4, 5};
volatile __u64 out_matrix[2][3] = {{1, 2, 3}, {4, 5, 6}};
volatile struct settings out_settings;

/* In sections of their own. */
volatile __u64 elsewhere SEC(".data.elsewhere") = 3;

/* Nothing but statics: libbpf leaves such a section out of what can be mapped. */
static volatile __u64 private_count SEC(".data.private") = 11;

static volatile __u32 file_static = 9;
volatile __u64 version_seen;
volatile __u32 threshold_seen, bias_seen, device_seen, kconfig_seen;
volatile struct settings initial_seen;
void *volatile address;
volatile __u64 data __attribute__((aligned(64)));
volatile __u32 ready;
volatile __u64 total;

static __noinline __u32 first(void) {
  static volatile __u32 calls = 10;
  return ++calls;
}

static __noinline __u32 second(void) {
  static volatile __u32 calls = 20;
  return ++calls;
}

SEC("xdp")
int copy(struct xdp_md *frame) {
  out_u8 = in_u8;
  out_s8 = in_s8;
  out_u16 = in_u16;
  out_s16 = in_s16;
  out_u32 = in_u32;
  out_s32 = in_s32;
  out_u64 = in_u64;
  out_s64 = in_s64;
  out_bool = in_bool;
  out_level = in_level;
  out_small = in_small;
  for (int i = 0; i < 5; i++)
    out_ports[i] = in_ports[i];
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 3; j++)
      out_matrix[i][j] = in_matrix[i][j];
  out_settings.limit = in_settings.limit;
  out_settings.enabled = in_settings.enabled;
  out_settings.mask = in_settings.mask;
  return XDP_PASS;
}

SEC("xdp")
int see(struct xdp_md *frame) {
  version_seen = LINUX_KERNEL_VERSION;
  kconfig_seen = CONFIG_BPF4J_TEST;
  threshold_seen = threshold + (strict ? 1000 : 0);
  bias_seen = bias;
  device_seen = device[0] << 8 | device[1];
  initial_seen.limit = initial.limit;
  initial_seen.enabled = initial.enabled;
  initial_seen.mask = initial.mask;
  elsewhere += 1;
  private_count += 3;
  file_static += first() + second();
  address = (void *)&total;
  return XDP_PASS;
}

SEC("xdp")
int publish(struct xdp_md *frame) {
  if (!ready)
    return XDP_PASS;
  total += data;
  ready = 0;
  return XDP_DROP;
}

SEC("xdp")
int count(struct xdp_md *frame) {
  __sync_fetch_and_add(&total, 1);
  return XDP_PASS;
}

char _license[] SEC("license") = "GPL";
