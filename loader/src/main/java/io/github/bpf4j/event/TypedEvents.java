package io.github.bpf4j.event;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Samples as Java values: each is copied by a {@link Codec} and may be kept.
 *
 * <pre>{@code
 * record Exec(int pid, String comm) {}
 *
 * TypedEvents<Exec> execs = ring.typed(object.types().record("exec", Exec.class));
 * execs.poll(Duration.ofSeconds(1), exec -> System.out.println(exec));   // a push
 * for (Exec exec : execs) { … }                                         // a pull, until closed
 * execs.stream().limit(10).toList();                                    // copies ten and no more
 * execs.publisher().subscribe(subscriber);                              // as many as are requested
 * }</pre>
 *
 * <p>A sample may be longer than its type: a perf buffer pads it, and a newer BPF program may have
 * more to say. One that is shorter is a {@link BpfException}.
 *
 * <p>All of these take samples from the one source, each sample goes to whoever takes it first. The
 * rules of {@link EventSource} hold: one thread at a time, and what a consumer throws ends the
 * drain and reaches the caller.
 *
 * @param <T> what Java sees
 */
public final class TypedEvents<T> implements Iterable<T> {
  private final EventSource source;
  private final Codec<T> codec;

  TypedEvents(EventSource source, Codec<T> codec) {
    this.source = source;
    this.codec = codec;
  }

  /** As {@link EventSource#drain(SampleHandler)}. */
  public int drain(Consumer<? super T> consumer) {
    return source.drain(handler(consumer));
  }

  /** As {@link EventSource#drain(SampleHandler, int)}. */
  public int drain(Consumer<? super T> consumer, int limit) {
    return source.drain(handler(consumer), limit);
  }

  /** As {@link EventSource#poll(Duration, SampleHandler)}. */
  public int poll(Duration timeout, Consumer<? super T> consumer) {
    return source.poll(timeout, handler(consumer));
  }

  /** As {@link EventSource#poll(Duration, SampleHandler, int)}. */
  public int poll(Duration timeout, Consumer<? super T> consumer, int limit) {
    return source.poll(timeout, handler(consumer), limit);
  }

  /**
   * Takes one sample, and waits for it if there is none.
   *
   * @return empty when the time is over, this is closed meanwhile, or the thread is interrupted
   */
  public Optional<T> next(Duration timeout) {
    Slot<T> slot = new Slot<>(this);
    return source.poll(timeout, slot, 1) == 0 ? Optional.empty() : Optional.of(slot.take());
  }

  /** As {@link EventSource#forEach}. */
  @Override
  public void forEach(Consumer<? super T> consumer) {
    source.forEach(handler(consumer));
  }

  /**
   * Waits in {@code hasNext()}, which takes one sample ahead, and ends when the source is closed or
   * the thread is interrupted.
   */
  @Override
  public Iterator<T> iterator() {
    return Spliterators.iterator(spliterator());
  }

  @Override
  public Spliterator<T> spliterator() {
    return new Samples<>(this);
  }

  /**
   * A stream that waits for its elements, and ends as {@link #iterator} does. It takes no sample
   * that is not asked for; not for parallel use.
   */
  public Stream<T> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /**
   * Publishes the samples, each to one subscriber. A platform thread of its own takes them and
   * calls the subscriber, as many as were requested and never one more: what nobody has requested
   * stays in the ring. It completes when the source is closed. A subscriber that comes while
   * another thread is taking samples gets an {@link IllegalStateException}.
   */
  public Flow.Publisher<T> publisher() {
    return subscriber -> new EventSubscription<>(this, subscriber).start();
  }

  EventSource source() {
    return source;
  }

  private SampleHandler handler(Consumer<? super T> consumer) {
    return (data, offset, length) -> consumer.accept(read(data, offset, length));
  }

  T read(MemorySegment data, long offset, int length) {
    int size = codec.size();
    if (length < size) {
      throw tooShort(length, size);
    }
    // Of the slice the JIT knows that all is within: it checks once instead of at each member.
    return codec.read(data.asSlice(offset, size), 0);
  }

  private BpfException tooShort(int length, int size) {
    return new BpfException(
        Failure.of(
            "read",
            "a sample of " + source.name(),
            "it has " + length + " bytes, and its type has " + size));
  }
}
