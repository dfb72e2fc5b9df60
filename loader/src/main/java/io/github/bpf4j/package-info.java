/**
 * BPF from Java: load an object, attach its programs, read its maps.
 *
 * <pre>
 *  ELF bytes ──open──▶ OpenBpfObject ──load()──▶ BpfObject ─┬─▶ BpfProgram ──attach(AttachPoint)──▶ BpfLink
 *                      configure: sizes, types,             │        └─▶ run(RunInput) ─▶ RunResult
 *                      initial values of variables          ├─▶ GlobalVariable ─▶ get, set
 *                                                           └─▶ BpfMap ─▶ lookup, update, …
 *                                                                  ├─▶ Counters ─▶ RateSampler
 *                                                                  └─▶ RingBuffer ─▶ your handler
 * </pre>
 *
 * <pre>{@code
 * try (BpfObject object = BpfObject.open(Path.of("xdp1_kern.o")).load();
 *     BpfLink link = object.program("xdp_prog1").attach(XdpAttachPoint.on("eth0"))) {
 *   RateSampler rates = new RateSampler(object.map("rxcnt").counters());
 *   while (true) {
 *     Thread.sleep(1000);
 *     rates.sample();
 *     System.out.printf("UDP: %.0f packets per second%n", rates.perSecond(17));
 *   }
 * }
 * }</pre>
 *
 * <h2>Who owns what</h2>
 *
 * <table>
 * <caption>Lifetimes</caption>
 * <tr><th>Type</th><th>Owned by</th><th>Ends with</th></tr>
 * <tr><td>{@link io.github.bpf4j.OpenBpfObject}</td><td>its maker</td>
 *     <td>{@code load()}, which consumes it, or {@code close()}</td></tr>
 * <tr><td>{@link io.github.bpf4j.BpfObject}</td><td>its maker</td><td>{@code close()}</td></tr>
 * <tr><td>{@link io.github.bpf4j.BpfProgram}, {@link io.github.bpf4j.BpfMap}, {@link
 *     io.github.bpf4j.GlobalVariable}</td>
 *     <td>their object</td><td>their object's {@code close()}; a variable of an open object: also
 *     {@code load()}</td></tr>
 * <tr><td>{@link io.github.bpf4j.BpfLink}</td><td>its maker</td>
 *     <td>{@code close()}; {@code leaveAttached()} gives it up</td></tr>
 * <tr><td>{@link io.github.bpf4j.event.RingBuffer}</td><td>its maker</td>
 *     <td>{@code close()}</td></tr>
 * </table>
 *
 * <p>A link and a ring buffer keep what they need: an object that is closed under a live link stays
 * in the kernel until the link is closed, and nothing is detached silently. Use after close is an
 * {@code IllegalStateException}, never a crash.
 *
 * <p>Needs libbpf 1.0 or later on the machine ({@code libbpf.so.1}, or the file that {@code
 * -Dbpf4j.libbpf=PATH} names), {@code --enable-native-access=io.github.bpf4j.loader,
 * io.github.bpf4j.bindings}, and as a rule CAP_BPF with CAP_NET_ADMIN, or root. Byte order of keys
 * and values is this machine's own, as BPF programs see it.
 */
package io.github.bpf4j;
