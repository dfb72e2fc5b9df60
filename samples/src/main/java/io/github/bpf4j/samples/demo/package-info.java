/**
 * The demo: xdp1 on a network of its own, with known traffic.
 *
 * <pre>
 *   network namespace without a name, gone with the process
 *   ┌───────────────────────────────────────────────────────┐
 *   │ Traffic ─▶ PacketSocket ─▶ sender ═══veth═══ receiver │◀─ Xdp1Session, live view
 *   └───────────────────────────────────────────────────────┘
 *   at the end: sent == counted, for each protocol
 * </pre>
 */
package io.github.bpf4j.samples.demo;
