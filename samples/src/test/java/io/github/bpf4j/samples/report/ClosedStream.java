package io.github.bpf4j.samples.report;

import java.io.IOException;
import java.io.OutputStream;

/** What stdout is when its reader is gone. */
final class ClosedStream extends OutputStream {
  @Override
  public void write(int b) throws IOException {
    throw new IOException("Broken pipe");
  }
}
