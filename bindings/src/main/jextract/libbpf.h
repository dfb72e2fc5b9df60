/* What jextract reads for the class libbpf_h: libbpf's own headers. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
