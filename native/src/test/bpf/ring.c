// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * Records for ring buffers: of many sizes and with a checksum, so that a reader can tell whether one
 * was lost, came twice, out of order or damaged; and of 64 bytes, for measurements.
 *
 *   | u32 sequence number | u24 checksum | u8 producer | pseudo-random u32 …
 *
 * Each producer numbers all that it tries, whatever becomes of it, and counts what did.
 */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define PRODUCERS 4

struct outcome {
  __u64 tried;
  __u64 submitted;
  __u64 discarded;
  __u64 dropped;
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 256 * 1024);
} events SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, PRODUCERS);
  __type(key, __u32);
  __type(value, struct outcome);
} outcomes SEC(".maps");

/* Found by its name: all that had no room, of all producers. */
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
} events_dropped SEC(".maps");

static __always_inline void count_dropped(void) {
  __u32 key = 0;
  __u64 *count = bpf_map_lookup_elem(&events_dropped, &key);
  if (count)
    __sync_fetch_and_add(count, 1);
}

static __always_inline void emit(struct outcome *outcome, __u32 producer, __u32 size, int discard,
                                 __u64 flags) {
  __u32 sequence = outcome->tried++;
  __u32 *words = bpf_ringbuf_reserve(&events, size, 0);
  if (!words) {
    outcome->dropped++;
    count_dropped();
    return;
  }
  __u32 value = sequence, sum = sequence ^ producer ^ size;
#pragma nounroll
  for (__u32 i = 2; i < size / 4; i++) {
    value = value * 1664525 + 1013904223;
    sum = (sum << 5 | sum >> 27) ^ value;
    words[i] = value;
  }
  words[0] = sequence;
  words[1] = sum << 8 | producer;
  if (discard) {
    bpf_ringbuf_discard(words, flags);
    outcome->discarded++;
  } else {
    bpf_ringbuf_submit(words, flags);
    outcome->submitted++;
  }
}

static __always_inline int mixed(__u32 producer, __u64 flags) {
  struct outcome *outcome = bpf_map_lookup_elem(&outcomes, &producer);
  if (!outcome)
    return -1;
  __u32 hash = ((__u32)outcome->tried + 1) * 2654435761u;
  int discard = (hash >> 8 & 15) == 3;
  __u32 kind = hash >> 24;
  if (kind < 80)
    emit(outcome, producer, 8, discard, flags);
  else if (kind < 130)
    emit(outcome, producer, 20, discard, flags);
  else if (kind < 200)
    emit(outcome, producer, 60, discard, flags);
  else if (kind < 243)
    emit(outcome, producer, 256, discard, flags);
  else if (kind < 253)
    emit(outcome, producer, 1000, discard, flags);
  else
    emit(outcome, producer, 4096, discard, flags);
  return 0;
}

SEC("tc")
int mixed_0(struct __sk_buff *frame) {
  return mixed(0, 0);
}

SEC("tc")
int mixed_1(struct __sk_buff *frame) {
  return mixed(1, 0);
}

SEC("tc")
int mixed_2(struct __sk_buff *frame) {
  return mixed(2, 0);
}

/* Wakes nobody up. */
SEC("tc")
int silent(struct __sk_buff *frame) {
  return mixed(3, BPF_RB_NO_WAKEUP);
}

struct small_record {
  __u64 sequence;
  __u64 following[7];
};

/* Takes the type into the BTF. */
struct small_record *type_of_small_record;

/* The cheapest record of 64 bytes. */
static __always_inline int small(__u64 flags) {
  __u32 key = 0;
  struct outcome *outcome = bpf_map_lookup_elem(&outcomes, &key);
  if (!outcome)
    return -1;
  __u64 sequence = outcome->tried++;
  struct small_record *record = bpf_ringbuf_reserve(&events, sizeof(*record), 0);
  if (!record) {
    outcome->dropped++;
    count_dropped();
    return 0;
  }
  record->sequence = sequence;
#pragma unroll
  for (int i = 0; i < 7; i++)
    record->following[i] = sequence + 1 + i;
  bpf_ringbuf_submit(record, flags);
  outcome->submitted++;
  return 0;
}

SEC("tc")
int small_waking(struct __sk_buff *frame) {
  return small(0);
}

SEC("tc")
int small_silent(struct __sk_buff *frame) {
  return small(BPF_RB_NO_WAKEUP);
}

char _license[] SEC("license") = "GPL";
