package io.github.bpf4j.samples.report;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.net.NetworkDevice;

/**
 * What reports are about.
 *
 * @param device the interface
 * @param mode who runs the program
 * @param programId the program's id
 */
public record Target(NetworkDevice device, XdpMode mode, int programId) {}
