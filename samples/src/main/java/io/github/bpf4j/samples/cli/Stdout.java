package io.github.bpf4j.samples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Standard output that says when nobody reads it any more or the disk is full; {@code System.out}
 * keeps that to itself.
 */
public final class Stdout extends OutputStream {
  private final OutputStream file = new FileOutputStream(FileDescriptor.out);

  private Stdout() {}

  /**
   * A writer, in UTF-8.
   *
   * @return one that throws what {@link OutputClosedException#of} makes
   */
  public static PrintWriter writer() {
    return new PrintWriter(new OutputStreamWriter(new Stdout(), StandardCharsets.UTF_8));
  }

  // Unchecked exceptions, because a PrintWriter swallows the checked ones.
  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      file.write(bytes, offset, length);
    } catch (IOException e) {
      throw OutputClosedException.of(e);
    }
  }
}
