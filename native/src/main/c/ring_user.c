// SPDX-License-Identifier: Apache-2.0
/*
 * Reads a ring buffer in C over libbpf: the yardstick for the speed of the Java one. The object is
 * that of the tests, whose programs run by BPF_PROG_TEST_RUN.
 *
 *   drain   fills the ring, then takes all of it; nanoseconds per record, least and median of rounds
 *   read    the same, adding up all of each record
 *   poll    takes what a thread sends meanwhile; records per second, and how many were dropped
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#define NANOS 1000000000LL
#define RECORD_BYTES 72 /* 64 and the header */
#define BURST 10000

static const char usage[] = "usage: ring_user OBJECT RING_BYTES drain|read ROUNDS\n"
                            "       ring_user OBJECT RING_BYTES poll SECONDS\n";

struct outcome {
  __u64 tried, submitted, discarded, dropped;
};

static __u64 taken, sum;

static int fail(const char *what, int error) {
  char text[128];
  libbpf_strerror(error, text, sizeof(text));
  fprintf(stderr, "ring_user: %s: %s\n", what, text);
  return 1;
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * NANOS + time.tv_nsec;
}

static int run(int program, int times) {
  char frame[64] = {};
  LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame, .data_size_in = sizeof(frame),
              .repeat = times);
  return bpf_prog_test_run_opts(program, &opts);
}

static int count(void *context, void *data, size_t size) {
  taken++;
  return 0;
}

static int add_up(void *context, void *data, size_t size) {
  const __u64 *words = data;
  __u64 total = 0;
  for (size_t i = 0; i < size / sizeof(__u64); i++)
    total += words[i];
  sum += total;
  taken++;
  return 0;
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static int drain(struct ring_buffer *ring, int program, int records, int rounds) {
  double *times = calloc(rounds, sizeof(*times));
  if (!times)
    return fail("rounds", ENOMEM);
  for (int i = 0; i < rounds; i++) {
    int error = run(program, records);
    if (error)
      return fail("run", error);
    long long start = now();
    int got = ring_buffer__consume(ring);
    times[i] = (double)(now() - start) / records;
    if (got != records)
      return fail("consume", got < 0 ? got : -EIO);
  }
  qsort(times, rounds, sizeof(*times), compare);
  printf("least %.3f median %.3f\n", times[0], times[rounds / 2]);
  return 0;
}

static atomic_bool stop;

static void *produce(void *program) {
  while (!stop)
    run(*(int *)program, BURST);
  return NULL;
}

static int poll_while_produced(struct ring_buffer *ring, int program, int outcomes,
                               double seconds) {
  pthread_t producer;
  struct outcome outcome;
  __u32 key = 0;
  long long start = now(), end = start + (long long)(seconds * NANOS);
  pthread_create(&producer, NULL, produce, &program);
  while (now() < end) {
    int got = ring_buffer__poll(ring, 100);
    if (got < 0 && got != -EINTR)
      return fail("poll", got);
  }
  __u64 delivered = taken;
  double passed = (double)(now() - start) / NANOS;
  stop = true;
  pthread_join(producer, NULL);
  bpf_map_lookup_elem(outcomes, &key, &outcome);
  printf("delivered %.0f dropped %llu tried %llu\n", delivered / passed, outcome.dropped,
         outcome.tried);
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fputs(usage, stderr);
    return 2;
  }
  const char *mode = argv[3];
  bool reads = !strcmp(mode, "read"), polls = !strcmp(mode, "poll");
  __u32 bytes = strtoul(argv[2], NULL, 10);
  struct bpf_object *object = bpf_object__open_file(argv[1], NULL);
  if (!object)
    return fail(argv[1], errno);
  struct bpf_map *events = bpf_object__find_map_by_name(object, "events");
  struct bpf_program *program =
      bpf_object__find_program_by_name(object, polls ? "small_waking" : "small_silent");
  if (!events || !program || bpf_map__set_max_entries(events, bytes))
    return fail(argv[1], EINVAL);
  int error = bpf_object__load(object);
  if (error)
    return fail(argv[1], error);
  struct ring_buffer *ring =
      ring_buffer__new(bpf_map__fd(events), reads ? add_up : count, NULL, NULL);
  if (!ring)
    return fail("ring", errno);
  int fd = bpf_program__fd(program);
  if (polls) {
    int outcomes = bpf_object__find_map_fd_by_name(object, "outcomes");
    return poll_while_produced(ring, fd, outcomes, atof(argv[4]));
  }
  return drain(ring, fd, bytes / RECORD_BYTES, atoi(argv[4]));
}
