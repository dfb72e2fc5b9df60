/**
 * {@code ./bpf4j bench}: Java and C in turn, in one run.
 *
 * <pre>
 *   Bench ─▶ Suite: contestants ─▶ InTurn: A B C, A B C, … ─▶ Series of each ─▶ Report
 *                                                     Markdown, JSON, SVG; together: docs/performance.md
 * </pre>
 *
 * <p>What runs in a loop is measured by JMH ({@link JmhSuite}); what starts and ends, as whole
 * processes ({@link StartSuite}).
 */
package io.github.bpf4j.bench;
