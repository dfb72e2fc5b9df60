package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkDevice;

/**
 * A program that is on the XDP hook of a device, whoever put it there; {@code Xdp.query} finds it.
 *
 * @param device the device
 * @param mode who runs the program
 * @param program the program; what holds it when no link does is netlink
 */
public record XdpAttachment(NetworkDevice device, XdpMode mode, AttachedProgram program) {
  /**
   * One line for an operator, such as {@code "program 42 xdp_prog1 (tag 3b185187f1855c4c, native
   * mode, by netlink, loaded by uid 0, held by java (pid 311))"}.
   */
  public String describe() {
    return program.describe(mode + " mode", "netlink");
  }
}
