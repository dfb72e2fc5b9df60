/* What jextract reads for the class libc_h: the few C library calls that BPF user space needs. */
#define _GNU_SOURCE
#include <sched.h>

/* For GNU C glibc declares bind() with a transparent union, which jextract takes for a real one. */
#undef __USE_GNU
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
