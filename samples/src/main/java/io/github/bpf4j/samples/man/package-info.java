/**
 * The manual pages, made from what the commands say of themselves.
 *
 * <pre>
 *   CommandSpec of picocli ─▶ ManPage ─▶ Roff ─▶ man(7): on stdout, or a file for each command
 * </pre>
 */
package io.github.bpf4j.samples.man;
