// SPDX-License-Identifier: Apache-2.0
/*
 * Reads and writes a map that another process made, as often as it is told: the yardstick for the
 * speed of maps in Java. Keys are numbers of four bytes from 0 on, values numbers of eight bytes.
 *
 *   lookup, update    one key after the other
 *   sums              all keys of a per-CPU map, added up over the CPUs, by batch calls
 *   sums-by-key       the same by a call for each key, as the kernel's xdp1_user.c did
 *   sums-by-next      the same, and each key asked for by a call, too
 *   dump              all entries of a hash by batch calls, keys and values added up
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#define BATCH 10922 /* as many of 12 bytes as there is room for in the 128 KiB of the Java one */

struct map {
  int fd, cpus;
  __u32 entries, batch;
  void *keys;
  __u64 *values;
  __u64 sum;
};

static int add_cpus(struct map *map, const __u64 *values) {
  for (int cpu = 0; cpu < map->cpus; cpu++)
    map->sum += values[cpu];
  return 0;
}

static int lookup(struct map *map, __u32 key) {
  return bpf_map_lookup_elem(map->fd, &key, map->values) ? -errno : 0;
}

static int update(struct map *map, __u32 key) {
  __u64 value = key;
  return bpf_map_update_elem(map->fd, &key, &value, BPF_ANY) ? -errno : 0;
}

static int batches(struct map *map, bool per_cpu) {
  __u32 position[2], *keys = map->keys;
  void *from = NULL;
  int error;
  do {
    __u32 count = map->batch;
    error = bpf_map_lookup_batch(map->fd, from, position, keys, map->values, &count, NULL);
    if (error && errno != ENOENT)
      return -errno;
    for (__u32 i = 0; i < count; i++) {
      if (per_cpu)
        add_cpus(map, map->values + (size_t)i * map->cpus);
      else
        map->sum += keys[i] + map->values[i];
    }
    from = position;
    /* All of an array by one call: the next one would only say that there is no more. */
  } while (!error && !per_cpu);
  return 0;
}

static int by_key(struct map *map) {
  for (__u32 key = 0; key < map->entries; key++) {
    if (bpf_map_lookup_elem(map->fd, &key, map->values))
      return -errno;
    add_cpus(map, map->values);
  }
  return 0;
}

static int by_next(struct map *map) {
  __u32 key = UINT32_MAX;
  while (!bpf_map_get_next_key(map->fd, &key, &key)) {
    if (bpf_map_lookup_elem(map->fd, &key, map->values))
      return -errno;
    add_cpus(map, map->values);
  }
  return errno == ENOENT ? 0 : -errno;
}

static int run(struct map *map, const char *what, unsigned long times) {
  int error = 0;
  for (unsigned long i = 0; i < times && !error; i++) {
    if (!strcmp(what, "lookup"))
      error = lookup(map, i % map->entries);
    else if (!strcmp(what, "update"))
      error = update(map, i % map->entries);
    else if (!strcmp(what, "sums"))
      error = batches(map, true);
    else if (!strcmp(what, "sums-by-key"))
      error = by_key(map);
    else if (!strcmp(what, "sums-by-next"))
      error = by_next(map);
    else if (!strcmp(what, "dump"))
      error = batches(map, false);
    else
      error = -EINVAL;
  }
  return error;
}

int main(int argc, char **argv) {
  struct bpf_map_info info = {};
  __u32 size = sizeof(info);
  struct map map = {};
  if (argc != 4) {
    fprintf(stderr, "usage: map_user MAP_ID OPERATION TIMES\n");
    return 2;
  }
  map.fd = bpf_map_get_fd_by_id(strtoul(argv[1], NULL, 10));
  if (map.fd < 0 || bpf_obj_get_info_by_fd(map.fd, &info, &size)) {
    fprintf(stderr, "map_user: map %s: %s\n", argv[1], strerror(errno));
    return 1;
  }
  if (info.key_size != sizeof(__u32) || info.value_size != sizeof(__u64)) {
    fprintf(stderr, "map_user: map %s has other keys or values\n", info.name);
    return 1;
  }
  map.cpus = info.type == BPF_MAP_TYPE_PERCPU_ARRAY ? libbpf_num_possible_cpus() : 1;
  map.entries = info.max_entries;
  map.batch = map.entries < BATCH ? map.entries : BATCH;
  map.keys = calloc(map.batch, info.key_size);
  map.values = calloc(map.batch * (size_t)map.cpus, info.value_size);
  if (!map.keys || !map.values)
    return 1;
  int error = run(&map, argv[2], strtoul(argv[3], NULL, 10));
  if (error) {
    fprintf(stderr, "map_user: %s: %s\n", argv[2], strerror(-error));
    return 1;
  }
  printf("%llu\n", map.sum);
  return 0;
}
