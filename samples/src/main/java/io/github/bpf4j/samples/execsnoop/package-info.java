/**
 * Programs as they begin: what a tracepoint sees, brought up by a ring buffer as typed records.
 *
 * <pre>
 *   execve ─▶ sched:sched_process_exec ─▶ [ on_exec ] ─▶ execs: RINGBUF ─▶ Exec ─▶ a line, or JSON
 *                                              └─ no room ─▶ execs_dropped ─▶ RingBuffer.lost()
 * </pre>
 */
package io.github.bpf4j.samples.execsnoop;
