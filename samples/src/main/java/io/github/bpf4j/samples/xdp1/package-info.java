/**
 * xdp1, the kernel's sample, in Java: counts packets per IP protocol on an interface.
 *
 * <pre>
 *   Xdp1Command ─▶ Choice (program, map) ─▶ Xdp1Session ─▶ Polling ─▶ Reporter
 *                                                        └▶ Whereabouts, when the program is gone
 *   DetachCommand: what an earlier run left
 * </pre>
 */
package io.github.bpf4j.samples.xdp1;
