/**
 * What bpf4j throws.
 *
 * <pre>
 *   RuntimeException
 *     └─ BpfException              operation, subject, errno, libbpf's lines, hint
 *          ├─ BpfPermissionException     a capability, lockdown, locked memory
 *          ├─ BpfUnsupportedException    kernel, libbpf or driver lacks it
 *          ├─ BpfVerifierException       the verifier's reason, source line, whole log
 *          └─ BpfObjectFormatException   the bytes are no BPF object for this machine
 * </pre>
 *
 * <p>A key that a map does not hold is no error, and nothing here is thrown for it.
 */
package io.github.bpf4j.error;
