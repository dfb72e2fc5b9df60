package io.github.bpf4j.btf;

/**
 * A member of a struct or union.
 *
 * @param name empty for an anonymous struct or union
 * @param bitOffset from the start of the struct, in bits
 * @param bitfieldSize in bits, 0 for what is no bitfield
 */
public record BtfMember(String name, BtfType type, long bitOffset, int bitfieldSize) {}
