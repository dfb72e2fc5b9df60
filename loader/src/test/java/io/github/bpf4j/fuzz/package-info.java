/**
 * Objects made malformed on purpose: none may end the JVM, hang it or leave a file descriptor open.
 *
 * <pre>
 *   seed ─▶ Mutator ─▶ WorkerProcess ══▶ FuzzWorker: open, load, close     through libbpf, in a
 *             │             ▲                  │                           process of its own
 *             │             └═══ what became ══┘
 *             └───▶ ReaderFuzz: the reader, the check, the upgrade         in Java alone, also
 *                                                                          with Jazzer's inputs
 * </pre>
 *
 * <p>{@code ./bpf4j fuzz} runs both; the tests run some thousand mutations of the first and all
 * seeds of the second.
 */
package io.github.bpf4j.fuzz;
