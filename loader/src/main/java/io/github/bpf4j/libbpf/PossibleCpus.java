package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;

/**
 * How many CPUs the kernel may ever bring up: per-CPU maps hold a value for each, online or not. It
 * does not change while the system runs; libbpf reads it once.
 */
public final class PossibleCpus {
  private PossibleCpus() {}

  public static int count() {
    return Results.check(libbpf_h.libbpf_num_possible_cpus(), "count", "the possible CPUs");
  }
}
