package io.github.bpf4j.libbpf;

/** What has an {@link Epoll} of its own, which another one can watch together with others. */
public interface Watched {
  /** Lets another epoll see whatever wakes this one, its close too, until it is closed. */
  void watchBy(Epoll outer);
}
