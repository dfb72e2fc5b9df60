/**
 * Attach points: where a program attaches, as plain data, and what is found attached there.
 *
 * <pre>
 *   XdpAttachPoint.on("eth0").mode(SKB) ──▶ program.attach(point) ──▶ BpfLink ─┬─ update(next)  atomically
 *                                              │ the hook is taken             ├─ pin(path)     outlives the process
 *                                              ▼                               ├─ detach()      off, if it is still ours
 *                                           BpfException that names            ├─ close()       the same, silently
 *                                           program, owner and way out         └─ leaveAttached()  stays, by word
 * </pre>
 *
 * <p>{@code program.attach()} without a point attaches where the section's name says: probes,
 * tracepoints, tracing, LSM, iterators. Each point is a type of its own, immutable, and says how
 * the hook is shared and what holds the program on it:
 *
 * <table>
 * <caption>Hooks, and what each takes</caption>
 * <tr><th>point</th><th>section</th><th>kernel</th><th>capabilities</th>
 *     <th>held by</th><th>others there</th></tr>
 * <tr><td>{@link io.github.bpf4j.attach.XdpAttachPoint}</td><td>{@code xdp}, {@code xdp.frags}</td>
 *     <td>5.7; link 5.9; frags 5.18</td><td>BPF, NET_ADMIN</td>
 *     <td>device, or link</td><td>none: refused, or replaced by word</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.TcAttachPoint}</td><td>{@code tc}</td>
 *     <td>4.5</td><td>BPF, NET_ADMIN</td>
 *     <td>qdisc</td><td>by priority and handle</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.TcxAttachPoint}</td><td>{@code tcx/ingress}, {@code tc}</td>
 *     <td>6.6</td><td>BPF, NET_ADMIN</td>
 *     <td>link, or device</td><td>in an order</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.NetkitAttachPoint}</td><td>{@code netkit/primary},
 *     {@code tc}</td><td>6.7</td><td>BPF, NET_ADMIN</td>
 *     <td>link, or device</td><td>in an order</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.CgroupAttachPoint}</td><td>{@code cgroup_skb/…}, {@code
 *     cgroup/…}, {@code sockops}</td><td>4.10; link 5.7; order 6.17</td><td>BPF, NET_ADMIN</td>
 *     <td>link, or cgroup</td><td>as the mode says</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.NetnsAttachPoint}</td><td>{@code sk_lookup}, {@code
 *     flow_dissector}</td><td>5.9, 5.7</td><td>BPF, NET_ADMIN</td>
 *     <td>link</td><td>all run; one flow dissector</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.NetfilterAttachPoint}</td><td>{@code netfilter}</td>
 *     <td>6.4</td><td>BPF, NET_ADMIN</td>
 *     <td>link</td><td>one for each priority</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.SockmapAttachPoint}</td><td>{@code sk_msg}, {@code
 *     sk_skb/…}</td><td>4.14; link 6.10</td><td>BPF, NET_ADMIN</td>
 *     <td>map, or link</td><td>none: refused, or replaced by word</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.SocketAttachPoint}</td><td>{@code socket}, {@code
 *     sk_reuseport}</td><td>3.19, 4.19</td><td>BPF to load</td>
 *     <td>socket</td><td>replaced without notice</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.TracepointAttachPoint}</td><td>{@code tp/…}</td>
 *     <td>4.7; link, cookie 5.15</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>all run</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.RawTracepointAttachPoint}</td><td>{@code raw_tp/…}</td>
 *     <td>4.17; cookie 6.10</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>all run</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.TracingAttachPoint}</td><td>{@code tp_btf/…}, {@code
 *     fentry/…}, {@code fexit/…}, {@code fmod_ret/…}, {@code lsm/…}</td>
 *     <td>5.5; fmod_ret, lsm 5.7; cookie 5.19</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>all run</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.KprobeAttachPoint}</td><td>{@code kprobe/…}, {@code
 *     kretprobe/…}</td><td>4.1; link, cookie 5.15</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>all run</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.KprobeMultiAttachPoint}</td><td>{@code kprobe.multi/…},
 *     {@code kprobe.session/…}</td><td>5.18; session 6.10</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>all run</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.KsyscallAttachPoint}</td><td>{@code ksyscall/…}</td>
 *     <td>4.1</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>all run</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.UprobeAttachPoint}</td><td>{@code uprobe/…}, {@code
 *     uretprobe/…}</td><td>4.1; link, cookie 5.15</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>all run</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.UprobeMultiAttachPoint}</td><td>{@code uprobe.multi/…}</td>
 *     <td>6.6</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>all run</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.UsdtAttachPoint}</td><td>{@code usdt/…}</td>
 *     <td>4.1; cookie 5.15</td><td>BPF, PERFMON</td>
 *     <td>process</td><td>all run</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.PerfEventAttachPoint}</td><td>{@code perf_event}</td>
 *     <td>4.9; link, cookie 5.15</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>one for each event</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.IterAttachPoint}</td><td>{@code iter/…}</td>
 *     <td>5.8</td><td>BPF, PERFMON</td>
 *     <td>link</td><td>runs while it is read</td></tr>
 * <tr><td>{@link io.github.bpf4j.attach.FreplaceAttachPoint}</td><td>{@code freplace/…}</td>
 *     <td>5.6</td><td>BPF, NET_ADMIN, PERFMON</td>
 *     <td>link</td><td>one for each function</td></tr>
 * <tr><td>{@code BpfObject.attachStructOps}</td><td>{@code .struct_ops}, {@code
 *     .struct_ops.link}</td><td>5.6; link 6.4</td><td>BPF, NET_ADMIN</td>
 *     <td>kernel, or link</td><td>one of each name</td></tr>
 * </table>
 *
 * <p><b>libbpf.</b> 1.0 attaches all of them, because what it does not know is done by {@code
 * bpf(2)} itself, but for {@code uprobe.multi} (1.3), {@code kprobe.session} (1.5) and {@code
 * .struct_ops.link} (1.2). Names of sections are libbpf's: of one that it does not know yet, such
 * as {@code tcx/ingress} before 1.3, set {@code OpenBpfProgram.type} and {@code attachType}.
 *
 * <p><b>Capabilities</b> are those since kernel 5.8, CAP_ in front; before, and for objects by id
 * and the names of owners, CAP_SYS_ADMIN. What is missing is named by the {@code
 * BpfPermissionException}.
 *
 * <p><b>Held by.</b> A {@code bpf_link} goes with the last descriptor and pin of it: with the
 * process, however that ends. What a device, qdisc, cgroup, map or the kernel holds stays when the
 * process is killed. Both end with the device, cgroup or namespace.
 *
 * <table>
 * <caption>What a killed process leaves ({@code kill -9})</caption>
 * <tr><th>Held by</th><th></th><th>Found by</th><th>Removed by</th></tr>
 * <tr><td>a {@code bpf_link}</td><td>gone</td><td></td><td></td></tr>
 * <tr><td>a pinned {@code bpf_link}</td><td>stays</td><td>{@code Links.query}</td>
 *     <td>{@code bpf4j clean --pinned}</td></tr>
 * <tr><td>a device: XDP by netlink, TC, TCX or netkit without a link</td><td>stays</td>
 *     <td>{@code Devices.query}</td><td>{@code bpf4j clean}</td></tr>
 * <tr><td>a cgroup, without a link</td><td>stays</td><td>{@code Cgroup.query}</td>
 *     <td>{@code bpf4j clean}</td></tr>
 * <tr><td>a socket or sockmap, without a link</td><td>goes with it</td><td></td><td></td></tr>
 * <tr><td>the kernel: struct_ops without a link</td><td>stays</td><td>{@code BpfSystem.maps}</td>
 *     <td>{@code bpftool struct_ops unregister}</td></tr>
 * <tr><td>nothing yet: loaded, not attached</td><td>gone</td><td></td><td></td></tr>
 * <tr><td>pins of maps</td><td>stay</td><td>{@code PinnedPaths}</td><td>{@code rm}</td></tr>
 * <tr><td>empty folders for pins</td><td>stay</td><td>their sticky bit</td>
 *     <td>{@code bpf4j clean --pinned}</td></tr>
 * </table>
 *
 * <p>Programs that outlive a process bear its mark (kernel 5.10), {@code AttachedProgram.loadedBy}:
 * which process it was, whether it still runs, and whether it left them on purpose ({@code
 * BpfLink.leaveAttached}, {@code close} of a pinned link). {@code clean} removes only what was not.
 *
 * <p><b>Nobody is trampled.</b> What is there is refused room, named, and replaced only by {@code
 * replacing(id)}, exactly that program, or {@code replacingAny()}. {@code detach()} and {@code
 * update()} look whether the program there is still ours; what took our place stays.
 */
package io.github.bpf4j.attach;
