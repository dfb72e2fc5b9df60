/**
 * Reports of packet rates per IP protocol, as text, JSON or a live table.
 *
 * <pre>
 *   RateSampler ──▶ Reporter ─┬─ TextReporter   proto 17:       1234 pkt/s
 *                             ├─ JsonReporter   {"time":…,"protocols":[…]}
 *                             └─ LiveReporter   a table redrawn in place
 * </pre>
 */
package io.github.bpf4j.samples.report;
