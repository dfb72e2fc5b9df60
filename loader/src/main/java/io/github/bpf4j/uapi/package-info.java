/**
 * The kernel's own vocabulary: constants of {@code linux/bpf.h} and what the kernel reports about
 * its programs and maps. Plain data; nothing here calls the kernel.
 */
package io.github.bpf4j.uapi;
