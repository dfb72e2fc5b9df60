package io.github.bpf4j.libbpf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a verifier log that matter: the complaint stands between the last instruction and
 * the statistics; the source line, where BTF has it, is the last one that starts with a semicolon.
 *
 * @param reason the complaint in one line
 * @param sourceLine the line of C, or null
 */
record VerifierReport(String reason, @Nullable String sourceLine) {
  private static final int MOST_LINES = 3;
  private static final int END = 64 << 10;
  private static final Pattern INSTRUCTION = Pattern.compile("^\\d+: .*");
  private static final Pattern STATISTICS =
      Pattern.compile("^(processed \\d+ insns|verification time|stack depth|-- ).*");

  static VerifierReport of(String log) {
    String end = log.substring(Math.max(0, log.length() - END));
    List<String> lines = end.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    int last = lines.size() - 1;
    while (last >= 0 && STATISTICS.matcher(lines.get(last)).matches()) {
      last--;
    }
    List<String> complaint = new ArrayList<>();
    int line = last;
    while (line >= 0 && complaint.size() < MOST_LINES && isComplaint(lines.get(line))) {
      complaint.addFirst(lines.get(line));
      line--;
    }
    if (complaint.isEmpty() && last >= 0) {
      complaint.add(lines.get(last));
    }
    return new VerifierReport(String.join("; ", complaint), sourceLine(lines, last));
  }

  private static boolean isComplaint(String line) {
    return !line.startsWith(";") && !INSTRUCTION.matcher(line).matches();
  }

  private static @Nullable String sourceLine(List<String> lines, int last) {
    for (int line = last; line >= 0; line--) {
      if (lines.get(line).startsWith("; ")) {
        return lines.get(line).substring(2);
      }
    }
    return null;
  }
}
