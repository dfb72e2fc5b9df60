/** What all commands share: options, exit codes, errors, the end by a signal. */
package io.github.bpf4j.samples.cli;
