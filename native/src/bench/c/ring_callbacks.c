// SPDX-License-Identifier: Apache-2.0
/* What a C program has libbpf call for each sample: the yardstick for handlers in Java. */
#include <stddef.h>

#include <linux/types.h>

struct small_record {
  __u64 sequence;
  __u64 following[7];
};

/* Where results go, so that the compiler leaves nothing out. */
__u64 ring_taken, ring_sum;

int count(void *context, void *data, size_t size) {
  ring_taken++;
  return 0;
}

/* Reads the type that it knows to come. */
int add_members(void *context, void *data, size_t size) {
  const struct small_record *record = data;
  if (size < sizeof(*record))
    return -1;
  __u64 total = record->sequence;
  for (size_t i = 0; i < 7; i++)
    total += record->following[i];
  ring_sum += total;
  return 0;
}

/* Reads whatever comes, by its length. */
int add_words(void *context, void *data, size_t size) {
  const __u64 *words = data;
  __u64 total = 0;
  for (size_t i = 0; i < size / sizeof(*words); i++)
    total += words[i];
  ring_sum += total;
  return 0;
}
