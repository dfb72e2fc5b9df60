// SPDX-License-Identifier: Apache-2.0
/*
 * xdp1 in C over libbpf: the yardstick for the output and the speed of the Java one. By default it
 * polls as the kernel's sample did, two system calls for each key; -b polls by one.
 */
#include <errno.h>
#include <net/if.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <linux/if_link.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#define NANOS 1000000000LL

static const char usage[] =
    "usage: xdp1_user [-SNFbp] [-i SECONDS] [-c REPORTS] OBJECT INTERFACE\n"
    "       xdp1_user [-bp] [-i SECONDS] [-c REPORTS] -m MAP_ID\n"
    "  -S  skb mode        -N  native mode (else the kernel chooses)\n"
    "  -F  replace a program that is attached\n"
    "  -b  read the map by one batch call\n"
    "  -p  packets of the interval instead of their rate, and a line --- after each report\n"
    "  -i  seconds between reports, 2 by default\n"
    "  -c  end after so many reports\n"
    "  -m  poll this map and attach nothing\n";

struct counters {
  int fd;
  __u32 entries;
  int cpus;
  __u32 *keys;
  __u64 *values; /* [entries][cpus] when polled by batch, else [cpus] */
  __u64 *sums;
  __u64 *before;
  bool plain; /* packets, not their rate */
};

static int fail(const char *what, int error) {
  char text[128];
  libbpf_strerror(error, text, sizeof(text));
  fprintf(stderr, "xdp1_user: %s: %s\n", what, text);
  return -1;
}

static int open_counters(struct counters *counters, int fd) {
  struct bpf_map_info info = {};
  __u32 size = sizeof(info);
  int error = bpf_obj_get_info_by_fd(fd, &info, &size);
  if (error)
    return fail("map", error);
  if (info.type != BPF_MAP_TYPE_PERCPU_ARRAY || info.value_size != sizeof(__u64)) {
    fprintf(stderr, "xdp1_user: map %s holds no 8-byte counters per CPU\n", info.name);
    return -1;
  }
  counters->fd = fd;
  counters->entries = info.max_entries;
  counters->cpus = libbpf_num_possible_cpus();
  if (counters->cpus < 0)
    return fail("possible CPUs", counters->cpus);
  counters->keys = calloc(info.max_entries, sizeof(__u32));
  counters->values = calloc((size_t)info.max_entries * counters->cpus, sizeof(__u64));
  counters->sums = calloc(info.max_entries, sizeof(__u64));
  counters->before = calloc(info.max_entries, sizeof(__u64));
  if (!counters->keys || !counters->values || !counters->sums || !counters->before)
    return fail("counters", ENOMEM);
  return 0;
}

static __u64 sum_of(const __u64 *values, int cpus) {
  __u64 sum = 0;
  for (int cpu = 0; cpu < cpus; cpu++)
    sum += values[cpu];
  return sum;
}

static int poll_by_key(struct counters *counters) {
  __u32 key, *previous = NULL;
  while (bpf_map_get_next_key(counters->fd, previous, &key) == 0) {
    int error = bpf_map_lookup_elem(counters->fd, &key, counters->values);
    if (error)
      return fail("lookup", error);
    counters->sums[key] = sum_of(counters->values, counters->cpus);
    previous = &key;
  }
  return 0;
}

static int poll_by_batch(struct counters *counters) {
  __u32 next, count = counters->entries;
  int error = bpf_map_lookup_batch(counters->fd, NULL, &next, counters->keys, counters->values,
                                   &count, NULL);
  /* ENOENT is the kernel's word for "that was the last one". */
  if (error && error != -ENOENT)
    return fail("batch lookup", error);
  for (__u32 i = 0; i < count; i++)
    counters->sums[counters->keys[i]] =
        sum_of(counters->values + (size_t)i * counters->cpus, counters->cpus);
  return 0;
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * NANOS + time.tv_nsec;
}

static int report(struct counters *counters, long long elapsed) {
  for (__u32 key = 0; key < counters->entries; key++) {
    __u64 grown = counters->sums[key] - counters->before[key];
    if (grown && counters->plain)
      printf("proto %u: %10llu packets\n", key, (unsigned long long)grown);
    else if (grown)
      printf("proto %u: %10llu pkt/s\n", key,
             (unsigned long long)((double)grown * NANOS / elapsed + 0.5));
    counters->before[key] = counters->sums[key];
  }
  if (counters->plain)
    puts("---");
  return fflush(stdout);
}

/* Returns whether it is time for the next report; false: SIGINT or SIGTERM came. */
static bool sleep_until(long long due, const sigset_t *ends) {
  for (;;) {
    long long left = due - now();
    if (left < 0)
      left = 0;
    struct timespec timeout = {left / NANOS, left % NANOS};
    if (sigtimedwait(ends, NULL, &timeout) > 0)
      return false;
    if (errno == EAGAIN)
      return true;
  }
}

static int watch(struct counters *counters, int (*poll)(struct counters *), long long start,
                 long long interval, long reports, const sigset_t *ends) {
  long long last = start, due = start;
  for (long n = 0; reports == 0 || n < reports; n++) {
    due += interval;
    if (!sleep_until(due, ends))
      break;
    if (poll(counters))
      return -1;
    long long time = now();
    if (report(counters, time - last))
      break;
    last = time;
  }
  return 0;
}

static int load(const char *path, int *program, int *map) {
  struct bpf_object *object = bpf_object__open_file(path, NULL);
  if (!object)
    return fail(path, errno);
  struct bpf_program *first = bpf_object__next_program(object, NULL);
  struct bpf_map *counts = bpf_object__next_map(object, NULL);
  if (!first || !counts) {
    fprintf(stderr, "xdp1_user: %s: no program or no map\n", path);
    return -1;
  }
  bpf_program__set_type(first, BPF_PROG_TYPE_XDP);
  int error = bpf_object__load(object);
  if (error)
    return fail(path, error);
  *program = bpf_program__fd(first);
  *map = bpf_map__fd(counts);
  return 0;
}

/* Only our own program: if another has taken its place meanwhile, that one stays. */
static void detach(int interface, int program, __u32 mode) {
  LIBBPF_OPTS(bpf_xdp_attach_opts, opts, .old_prog_fd = program);
  int error = bpf_xdp_detach(interface, mode, &opts);
  if (error)
    fail("not detached", error);
}

int main(int argc, char **argv) {
  __u32 mode = 0, once = XDP_FLAGS_UPDATE_IF_NOEXIST, map_id = 0;
  double seconds = 2;
  long reports = 0;
  bool plain = false;
  int (*poll)(struct counters *) = poll_by_key;

  for (int option; (option = getopt(argc, argv, "SNFbpi:c:m:")) != -1;) {
    switch (option) {
    case 'S': mode = XDP_FLAGS_SKB_MODE; break;
    case 'N': mode = XDP_FLAGS_DRV_MODE; break;
    case 'F': once = 0; break;
    case 'b': poll = poll_by_batch; break;
    case 'p': plain = true; break;
    case 'i': seconds = atof(optarg); break;
    case 'c': reports = atol(optarg); break;
    case 'm': map_id = strtoul(optarg, NULL, 10); break;
    default: fputs(usage, stderr); return 2;
    }
  }
  if (seconds <= 0 || reports < 0 || argc - optind != (map_id ? 0 : 2)) {
    fputs(usage, stderr);
    return 2;
  }

  /* Blocked, then awaited between reports: no signal comes between a look and a sleep. */
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  sigprocmask(SIG_BLOCK, &ends, NULL);
  signal(SIGPIPE, SIG_IGN);

  struct counters counters;
  int interface = 0, program = -1, map = -1, error;
  if (map_id) {
    map = bpf_map_get_fd_by_id(map_id);
    if (map < 0)
      return fail("map id", map), 1;
  } else {
    interface = if_nametoindex(argv[optind + 1]);
    if (!interface)
      return fail(argv[optind + 1], errno), 1;
    if (load(argv[optind], &program, &map))
      return 1;
  }
  if (open_counters(&counters, map))
    return 1;
  counters.plain = plain;

  long long start = now();
  if (map_id) {
    /* What was counted before belongs to nobody's interval. */
    if (poll(&counters))
      return 1;
    memcpy(counters.before, counters.sums, counters.entries * sizeof(__u64));
  } else {
    error = bpf_xdp_attach(interface, program, mode | once, NULL);
    if (error)
      return fail(argv[optind + 1], error), 1;
  }
  fputs("attached\n", stderr);

  error = watch(&counters, poll, start, (long long)(seconds * NANOS), reports, &ends);
  if (!map_id)
    detach(interface, program, mode);
  return error ? 1 : 0;
}
