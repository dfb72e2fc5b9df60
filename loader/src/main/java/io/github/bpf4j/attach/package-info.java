/**
 * Attach points: where a program attaches, as plain data, and what is found attached there.
 *
 * <pre>
 *   XdpAttachPoint.on("eth0").mode(SKB) ──▶ program.attach(point) ──▶ BpfLink
 *                                              │ the hook is taken
 *                                              ▼
 *                                           BpfException that names the XdpAttachment
 * </pre>
 */
package io.github.bpf4j.attach;
