package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;

/** Sizes that depend on the machine's pages. */
public final class Pages {
  private Pages() {}

  /** Bytes of a page. */
  public static int size() {
    return libc_h.getpagesize();
  }

  /**
   * The next size that the kernel takes for a ring buffer: a power of two and of whole pages.
   *
   * @param size unsigned
   * @return the size itself when it is one, or when there is none above it; 0 stays an error
   */
  public static int ringSize(int size) {
    int page = size();
    if (size <= 0) {
      return size;
    }
    int power = Integer.highestOneBit(size);
    return Math.max(page, power == size || power << 1 < 0 ? size : power << 1);
  }
}
