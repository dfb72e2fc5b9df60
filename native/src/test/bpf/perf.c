// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Samples for perf buffers: of many sizes, numbered on each CPU, and counted by what became of them.
 *
 *   | u32 number on this CPU | u16 CPU | u16 bytes | words: number + 1, number + 2, …
 */
#include <linux/bpf.h>
#include <linux/errno.h>

#include <bpf/bpf_helpers.h>

#define MOST_CPUS 512
#define MOST_BYTES 1024

struct outcome {
  __u64 sent;
  __u64 no_room;   /* ENOSPC: the kernel reports it as lost */
  __u64 no_reader; /* ENOENT: the CPU has no event in the map */
  __u64 other;
};

struct sample {
  __u32 number;
  __u16 cpu;
  __u16 bytes;
  __u32 words[MOST_BYTES / 4];
};

struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
  __type(key, __u32);
  __type(value, __u32);
} events SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, MOST_CPUS);
  __type(key, __u32);
  __type(value, struct outcome);
} outcomes SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct sample);
} scratch SEC(".maps");

static __always_inline int emit(struct __sk_buff *frame, __u32 bytes) {
  __u32 zero = 0, cpu = bpf_get_smp_processor_id();
  struct outcome *outcome = bpf_map_lookup_elem(&outcomes, &cpu);
  struct sample *sample = bpf_map_lookup_elem(&scratch, &zero);
  if (!outcome || !sample)
    return -1;
  sample->number = outcome->sent + outcome->no_room + outcome->no_reader + outcome->other;
  sample->cpu = cpu;
  sample->bytes = bytes;
#pragma nounroll
  for (__u32 i = 0; i < bytes / 4 - 2; i++)
    sample->words[i] = sample->number + 1 + i;
  long result = bpf_perf_event_output(frame, &events, BPF_F_CURRENT_CPU, sample, bytes);
  if (!result)
    outcome->sent++;
  else if (result == -ENOSPC)
    outcome->no_room++;
  else if (result == -ENOENT)
    outcome->no_reader++;
  else
    outcome->other++;
  return 0;
}

SEC("tc")
int small(struct __sk_buff *frame) {
  return emit(frame, 8);
}

SEC("tc")
int middle(struct __sk_buff *frame) {
  return emit(frame, 60);
}

SEC("tc")
int large(struct __sk_buff *frame) {
  return emit(frame, MOST_BYTES);
}

char _license[] SEC("license") = "GPL";
