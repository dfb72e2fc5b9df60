package io.github.bpf4j.codec;

/**
 * A key of an LPM trie: so many leading bits of an address.
 *
 * @param prefixLength bits that count, from the address's first byte on
 * @param address all of it; the bits behind the prefix do not count
 * @see <a href="https://docs.kernel.org/bpf/map_lpm_trie.html">BPF_MAP_TYPE_LPM_TRIE</a>
 */
public record LpmKey<T>(int prefixLength, T address) {
  /** Such as {@code "10.0.0.0/8"}. */
  @Override
  public String toString() {
    String text = address.toString();
    // InetAddress writes its name, which is not known, before a slash.
    return text.substring(text.indexOf('/') + 1) + "/" + prefixLength;
  }
}
