package io.github.bpf4j;

import io.github.bpf4j.libbpf.Iterators;
import io.github.bpf4j.libbpf.LinkHandle;
import io.github.bpf4j.uapi.BpfLinkType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An iterator: a program that the kernel runs on each task, socket, map entry or cgroup while
 * somebody reads, and that writes what the reader gets (kernel 5.8).
 *
 * <pre>
 *   reader ──read──▶ kernel ──for each object──▶ program ──bpf_seq_printf, bpf_seq_write──▶ reader
 * </pre>
 *
 * <pre>{@code
 * try (BpfIterator tasks = object.program("dump_task").iterate(IterAttachPoint.all());
 *     Stream<String> lines = tasks.lines()) {
 *   lines.forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Each stream walks anew, at its own pace, and has to be closed. What it shows is not one
 * moment: objects come and go while it reads.
 *
 * <p>Thread safety: all methods may be called from any thread; a stream belongs to one.
 */
public final class BpfIterator implements AutoCloseable {
  private final BpfLink link;
  private final LinkHandle handle;

  BpfIterator(BpfLink link) {
    this.link = link;
    this.handle = link.handle();
  }

  /**
   * Opens an iterator that is pinned in bpffs, by whichever process.
   *
   * @throws io.github.bpf4j.error.BpfException when nothing is pinned there, or not an iterator
   */
  public static BpfIterator openPinned(Path path) {
    BpfLink link = BpfLink.openPinned(path);
    if (link.info().type() != BpfLinkType.ITER) {
      String what = link.toString();
      link.close();
      throw new IllegalArgumentException(what + " is no iterator");
    }
    return new BpfIterator(link);
  }

  /** What holds it: to pin it, or to ask what the kernel says of it. */
  public BpfLink link() {
    return link;
  }

  /**
   * Walks once, as bytes.
   *
   * @throws IllegalStateException when this is closed
   */
  public InputStream stream() {
    return new IteratorStream(Iterators.create(handle, link.toString()), link.toString());
  }

  /** Walks once, as lines of UTF-8; closing the stream ends the walk. */
  public Stream<String> lines() {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream(), StandardCharsets.UTF_8));
    return reader.lines().onClose(() -> close(reader));
  }

  /** Walks once, and returns all that was written as UTF-8. */
  public String text() {
    try (InputStream bytes = stream()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Walks once, as the structs that the program writes; closing the stream ends the walk.
   *
   * @param size bytes of each, all alike
   * @return each in a buffer of its own, in this machine's byte order
   * @throws UncheckedIOException while it is read, when the last one is shorter
   */
  public Stream<ByteBuffer> records(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a record has 1 byte or more, not " + size);
    }
    InputStream bytes = stream();
    Iterator<ByteBuffer> records = new Records(bytes, size);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(records, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(() -> close(bytes));
  }

  private static final class Records implements Iterator<ByteBuffer> {
    private final InputStream bytes;
    private final int size;
    private byte @Nullable [] next;

    Records(InputStream bytes, int size) {
      this.bytes = bytes;
      this.size = size;
    }

    @Override
    public boolean hasNext() {
      if (next == null) {
        next = read();
      }
      return next.length == size;
    }

    private byte[] read() {
      try {
        byte[] record = bytes.readNBytes(size);
        if (record.length != 0 && record.length != size) {
          throw new IOException("the last record has " + record.length + " bytes, not " + size);
        }
        return record;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ByteBuffer next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      ByteBuffer record = ByteBuffer.wrap(next).order(ByteOrder.nativeOrder());
      next = null;
      return record;
    }
  }

  private static void close(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives up the iterator, unless it is pinned; streams that are open may be read to their end. */
  @Override
  public void close() {
    link.close();
  }
}
