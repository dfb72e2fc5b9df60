// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/*
 * The C twin of the benchmark of global variables: maps the section of one and reads it so many
 * times, as a program with a libbpf skeleton does.
 *
 *   variable_user OBJECT SECTION OFFSET READS
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

static int fail(const char *what) {
  fprintf(stderr, "variable_user: %s: %s\n", what, strerror(errno));
  return 1;
}

static struct bpf_map *find(struct bpf_object *object, const char *section) {
  struct bpf_map *map;
  bpf_object__for_each_map(map, object) {
    size_t length = strlen(bpf_map__name(map)), suffix = strlen(section);
    if (bpf_map__is_internal(map) && length >= suffix &&
        !strcmp(bpf_map__name(map) + length - suffix, section))
      return map;
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: variable_user OBJECT SECTION OFFSET READS\n");
    return 2;
  }
  size_t offset = strtoul(argv[3], NULL, 10);
  uint64_t reads = strtoull(argv[4], NULL, 10);
  struct bpf_object *object = bpf_object__open(argv[1]);
  if (!object || bpf_object__load(object))
    return fail("load");
  struct bpf_map *map = find(object, argv[2]);
  if (!map)
    return fail("find the section");
  size_t size = bpf_map__value_size(map);
  char *memory = mmap(NULL, size, PROT_READ, MAP_SHARED, bpf_map__fd(map), 0);
  if (memory == MAP_FAILED)
    return fail("mmap");
  const volatile uint64_t *variable = (const volatile uint64_t *)(memory + offset);
  uint64_t sum = 0;
  for (uint64_t i = 0; i < reads; i++)
    sum += *variable;
  printf("%llu\n", (unsigned long long)sum);
  munmap(memory, size);
  bpf_object__close(object);
  return 0;
}
