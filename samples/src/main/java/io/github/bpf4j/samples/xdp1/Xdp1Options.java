package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.OpenOptions.Legacy;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.samples.report.Format;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param mode who is to run the program
 * @param force whether to take another program's place
 * @param link whether to attach by bpf_link
 * @param intervalNanos time between reports
 * @param count how many reports, 0 for no end
 * @param object the object file, null for the packaged one
 * @param legacy what to do with an object of before libbpf 1.0
 * @param program its program, null for the only one
 * @param map its map, null for the only per-CPU array of counters
 * @param format how reports look
 * @param device name of the interface
 */
public record Xdp1Options(
    XdpMode mode,
    boolean force,
    boolean link,
    long intervalNanos,
    int count,
    @Nullable Path object,
    Legacy legacy,
    @Nullable String program,
    @Nullable String map,
    Format format,
    String device) {

  /** The option that asks for a mode. */
  static String modeOption(XdpMode mode) {
    return switch (mode) {
      case NATIVE -> "-N";
      case SKB -> "-S";
      case HW -> "--hw-mode";
    };
  }
}
