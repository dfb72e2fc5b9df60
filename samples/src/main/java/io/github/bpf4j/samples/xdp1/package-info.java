/**
 * xdp1, the kernel's sample, in Java: counts packets per IP protocol on an interface.
 *
 * <pre>
 *   Xdp1Command ─▶ ProgramChoice, Choice ─▶ Xdp1Session ─▶ Polling ─▶ Reporter
 *                                                        └▶ Whereabouts, when the program is gone
 * </pre>
 */
package io.github.bpf4j.samples.xdp1;
