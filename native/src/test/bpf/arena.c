// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0
/* An arena: memory that the program and user space share, by the same addresses. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

/* Newer (kernel 6.9) than the headers of some systems. */
#define MAP_TYPE_ARENA 33

struct {
  __uint(type, MAP_TYPE_ARENA);
  __uint(map_flags, BPF_F_MMAPABLE);
  __uint(max_entries, 4); /* pages */
} arena SEC(".maps");

struct argument {
  __u64 address; /* of user space */
};

/*
 * Adds one to the word at an address. The instruction that makes a pointer of the kernel's of one of
 * user space's (r1 = addr_space_cast(r1, 0, 1)) is newer than some compilers, too.
 */
SEC("syscall")
int add_one(struct argument *argument) {
  __u64 *word = (void *)argument->address;
  asm volatile("r1 = %[arena] ll\n"
               "r1 = %[word]\n"
               ".quad 0x00000001000111bf\n"
               "%[word] = r1\n"
               : [word] "+r"(word)
               : [arena] "i"(&arena)
               : "r1");
  return ++*word;
}

char _license[] SEC("license") = "GPL";
