// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Global variables of every section, values that libbpf takes from the kernel's configuration and
 * symbol table, and functions that other functions call.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

extern int LINUX_KERNEL_VERSION __kconfig;
extern _Bool CONFIG_BPF_SYSCALL __kconfig __weak;
extern enum libbpf_tristate CONFIG_NET __kconfig __weak;
extern char CONFIG_CC_VERSION_TEXT[100] __kconfig __weak;
extern const void bpf_link_fops __ksym __weak;

const volatile __u32 limit = 100;
__u64 initialised = 7;
__u64 zeroed;
static volatile int hidden[3];
__u32 elsewhere SEC(".data.elsewhere") = 3;
const volatile char text[] SEC(".rodata.text") = "text";

static __noinline int add(__u64 *value, int more) {
  hidden[more & 1] += more;
  *value += more;
  return *value > limit;
}

__noinline int twice(int more) {
  return add(&zeroed, more) + add(&initialised, more);
}

SEC("xdp")
int use_globals(struct xdp_md *frame) {
  int over = twice(frame->data_end - frame->data);
  if (LINUX_KERNEL_VERSION < 0x50a00)
    return XDP_ABORTED;
  elsewhere += CONFIG_BPF_SYSCALL + CONFIG_NET + CONFIG_CC_VERSION_TEXT[0] + text[1];
  if (&bpf_link_fops)
    elsewhere++;
  return over ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
__u32 _version SEC("version") = 1;
