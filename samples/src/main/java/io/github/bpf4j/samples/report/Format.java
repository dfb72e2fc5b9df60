package io.github.bpf4j.samples.report;

import java.io.OutputStream;
import java.util.Locale;

/** How reports look. */
public enum Format {
  /** xdp1's own lines. */
  TEXT,
  /** An object on a line for each report. */
  JSON,
  /** A table redrawn in place on a terminal, text elsewhere. */
  LIVE;

  /** A reporter on a stream. */
  public Reporter reporter(OutputStream out, Target target) {
    return switch (this) {
      case TEXT -> new TextReporter(out);
      case JSON -> new JsonReporter(out, target);
      case LIVE -> Terminal.isStdout() ? new LiveReporter(out, target) : new TextReporter(out);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
