package io.github.bpf4j.btf;

/**
 * A parameter of a function.
 *
 * @param name empty where the prototype names none, and for {@code ...}, whose type is void
 */
public record BtfParameter(String name, BtfType type) {}
