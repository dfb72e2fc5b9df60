/**
 * Events: what BPF programs send to user space, read where the kernel writes it; and the way down.
 *
 * <pre>
 *   BPF program                        kernel and user space share the memory            Java
 *   ───────────                        ──────────────────────────────────────            ────
 *   bpf_ringbuf_reserve ─┐   consumer position ▼                 ▼ producer position
 *   bpf_ringbuf_submit  ─┴─▶ … │ taken │ taken │ sample │ sample │ busy │ … ──▶ SampleHandler
 *                              └── room again ──┘ └─ drain ─────┘              (data, offset, length)
 * </pre>
 *
 * <pre>{@code
 * try (BpfObject object = BpfObject.open(Path.of("events.o")).load();
 *     RingBuffer events = object.map("events").ringBuffer()) {
 *   while (true) {
 *     events.poll(
 *         Duration.ofSeconds(1),
 *         (data, offset, length) -> System.out.println("pid " + data.get(JAVA_INT, offset)));
 *   }
 * }
 * }</pre>
 *
 * <pre>
 *   BpfMap.ringBuffer()      RingBuffer ─┐                 ┌─▶ drain, poll, forEach: SampleHandler
 *                                        ├─▶ EventSource ──┼─▶ typed(codec): values, stream, publisher
 *   BpfMap.perfBuffer(…)     PerfBuffer ─┘                 └─▶ EventPoller: several on one thread
 *   BpfMap.userRingBuffer()  UserRingBuffer: reserve, write, submit ──▶ BPF program
 * </pre>
 *
 * <p>No call per sample crosses the border of the JVM: a drain reads the positions and the samples
 * from the mapped memory, makes no system call and allocates nothing.
 *
 * <h2>Taking samples</h2>
 *
 * <table>
 * <caption>Ways to take them, all of {@link io.github.bpf4j.event.EventSource}</caption>
 * <tr><th></th><th>waits</th><th>ends</th></tr>
 * <tr><td>{@code drain(handler)}</td><td>never</td><td>caught up, or a ring's worth taken</td></tr>
 * <tr><td>{@code poll(timeout, handler)}</td><td>for the first sample</td>
 *     <td>as a drain; time over; closed; interrupted</td></tr>
 * <tr><td>{@code forEach(handler)}</td><td>for every sample</td><td>closed; interrupted</td></tr>
 * </table>
 *
 * <p>The bytes of a sample are lent for the time of the call. The room of what was taken goes back
 * to the kernel once, at the end of a drain, and within a long one after each quarter of the ring.
 * What a handler throws ends the drain and reaches the caller; the sample that it threw at counts
 * as taken.
 *
 * <h2>Reading fast</h2>
 *
 * <p>A loop over a sample whose length the JIT does not know costs more to begin and to end than 64
 * bytes take to be read: about three times what C needs. Where the length is known, take a slice of
 * it, by a constant: the JIT then checks once, and unrolls the loop. {@code typed} does so.
 *
 * <pre>{@code
 * MemorySegment event = data.asSlice(offset, BYTES);    // static final int BYTES = 64
 * for (int at = 0; at < BYTES; at += Long.BYTES) {
 *   sum += event.get(JAVA_LONG, at);
 * }
 * }</pre>
 *
 * <h2>Closing and waiting</h2>
 *
 * <p>Any thread may {@code close()}, a shutdown hook too. It does not wait: whoever takes samples
 * ends after the one that the handler is at, whoever waits ends now, and the last one to leave
 * unmaps the memory. A segment that was kept throws an {@code IllegalStateException} from then on.
 *
 * <p>A virtual thread may wait: a native wait would pin its carrier, so a platform thread waits for
 * it. An interrupt ends a wait within 100 milliseconds.
 *
 * <h2>What gets lost, and who knows</h2>
 *
 * <p>A ring that is full makes {@code bpf_ringbuf_reserve} return NULL. The kernel counts that
 * nowhere: let the program count it, in an array that has the name of the ring with {@code
 * _dropped} behind it, and {@link io.github.bpf4j.event.RingBuffer#lost} is its sum. {@link
 * io.github.bpf4j.event.RingBuffer#fill} shows how close to it a ring is.
 *
 * <p>Of a perf event array the kernel counts what found no room, and tells with the next sample of
 * that CPU: {@link io.github.bpf4j.event.PerfBuffer#lost(int)}. A user ring buffer that is full
 * gives no reservation.
 *
 * <h2>The wake-up trap</h2>
 *
 * <p>The kernel wakes the reader when a record is submitted that the reader is waiting for, which
 * for a reader that keeps up is every record: the interrupt work for it costs the program more than
 * the record does. Draining seldom, by {@code poll} of a reader that lags behind, avoids most of
 * them, since the position is given back once for a drain and not once for a record. The rest is up
 * to the BPF program's flags:
 *
 * <pre>{@code
 * // Wakes up only when a good part of the ring waits; a timeout in poll() brings the rest.
 * long waiting = bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA);
 * bpf_ringbuf_submit(event, waiting > RING_BYTES / 8 ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP);
 * }</pre>
 *
 * <p>A {@code poll} takes also what woke nobody, at the latest when its time is over; {@code
 * forEach} does so after 100 milliseconds at most.
 *
 * <p>Needs kernel 5.8 for ring buffers, 4.4 for perf event arrays, 6.1 for user ring buffers; any
 * libbpf, since none of its functions is called for them. Byte order and alignment of samples are
 * those of the BPF program.
 *
 * @see <a href="https://docs.kernel.org/bpf/ringbuf.html">BPF ring buffer</a>
 */
package io.github.bpf4j.event;
