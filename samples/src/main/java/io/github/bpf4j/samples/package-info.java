/**
 * The command line {@code bpf4j}.
 *
 * <pre>
 *   Main ──▶ xdp1.Xdp1Command ──▶ xdp1.Xdp1Session (object, link, rates) ──▶ report.Reporter
 *        ──▶ demo.DemoCommand ──▶ the same session, in a network of its own
 *        ──▶ xdp1.DetachCommand
 * </pre>
 *
 * <p>stdout carries results, stderr the rest. Exit codes: {@link
 * io.github.bpf4j.samples.cli.ExitCode}.
 */
package io.github.bpf4j.samples;
