package io.github.bpf4j.btf;

/** A named value of an enum. */
public record BtfEnumerator(String name, long value) {}
