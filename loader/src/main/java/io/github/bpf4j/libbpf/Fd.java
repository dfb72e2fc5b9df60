package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;

/** A file descriptor that its maker closes, once. */
public final class Fd implements AutoCloseable {
  private final int number;
  private final Lease lease;

  Fd(int number, String name) {
    this.number = number;
    this.lease = new Lease(name, () -> libc_h.close(number));
  }

  /** The number; meant for calls between {@link Lease#acquire} and {@link Lease#release}. */
  public int number() {
    return number;
  }

  public Lease lease() {
    return lease;
  }

  @Override
  public void close() {
    lease.close();
  }
}
