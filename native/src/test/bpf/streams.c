// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* A program that prints to its own streams. Kernel 6.18: in 6.17 the function had another name. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define STDOUT 1
#define STDERR 2

#ifdef IMPLICIT
extern int bpf_stream_vprintk(int stream, const char *format, const void *arguments,
                              __u32 bytes) __ksym;
#define print(stream, format, argument)                                                            \
  bpf_stream_vprintk(stream, format, argument, sizeof(*(argument)))
#else
extern int bpf_stream_vprintk_impl(int stream, const char *format, const void *arguments,
                                   __u32 bytes, void *program) __ksym;
#define print(stream, format, argument)                                                            \
  bpf_stream_vprintk_impl(stream, format, argument, sizeof(*(argument)), 0)
#endif

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} counts SEC(".maps");

/* The result is that of the first call that failed. */
SEC("tc")
int to_streams(struct __sk_buff *frame) {
  static const char greeting[] = "out %d\n", complaint[] = "err %d\n";
  __u32 key = 0;
  __u64 *number = bpf_map_lookup_elem(&counts, &key);
  if (!number)
    return -1;
  __u64 argument = ++*number;
  int result = print(STDOUT, greeting, &argument);
  if (result < 0)
    return result;
  return print(STDERR, complaint, &argument);
}

char _license[] SEC("license") = "GPL";
