package io.github.bpf4j.ring;

import io.github.bpf4j.libbpf.Lease;
import io.github.bpf4j.uapi.BpfMapType;

/**
 * A map that events pass through, whoever made it.
 *
 * @param name for messages
 * @param maxEntries bytes of a ring buffer, CPUs of a perf event array
 * @param fd valid while the lease is held
 * @param lease keeps the map
 */
public record EventMap(String name, BpfMapType type, int maxEntries, int fd, Lease lease) {}
