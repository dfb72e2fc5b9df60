package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkDevice;

/**
 * A BPF filter of traffic control, whoever put it there; {@code Tc.query} finds it.
 *
 * @param device the device
 * @param parent the qdisc or class whose filter it is; see {@link TcDirection#parent}
 * @param chain 0 unless a filter of chain 0 has to lead to it
 * @param priority the lowest runs first
 * @param handle tells filters of one priority apart
 * @param program the program; what holds it is always traffic control
 */
public record TcAttachment(
    NetworkDevice device,
    int parent,
    int chain,
    int priority,
    int handle,
    AttachedProgram program) {
  /**
   * One line for an operator, such as {@code "program 42 my_filter (tag 3b185187f1855c4c, ingress,
   * priority 10, handle 0x1, by tc, loaded by uid 0)"}.
   */
  public String describe() {
    String how =
        TcDirection.describe(parent)
            + (chain == 0 ? "" : ", chain " + chain)
            + ", priority "
            + priority
            + ", handle 0x"
            + Integer.toHexString(handle);
    return program.describe(how, "tc");
  }
}
