/**
 * What is attached to this machine's interfaces, and by whom.
 *
 * <pre>
 *   load ──▶ attached, left on purpose ──▶ status ──▶ unload
 *   xdp1 ──▶ killed ──▶ left behind     ──▶ status ──▶ detach (one interface), clean (all there is)
 * </pre>
 *
 * <p>{@link io.github.bpf4j.samples.attach.Removal} decides who may remove what; nobody else does.
 */
package io.github.bpf4j.samples.attach;
