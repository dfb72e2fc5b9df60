/**
 * The rings behind {@code io.github.bpf4j.event}: memory that this process and the kernel write and
 * read together, and the rules by which they do. Not exported; {@code BpfMap} comes here.
 */
package io.github.bpf4j.ring;
