package io.github.bpf4j.bench;

import java.util.List;

/** A picture of series: a dot for each round, a bar for the median. */
final class Plot {
  private static final int WIDTH = 760;
  private static final int NAMES = 250;
  private static final int NUMBERS = 90;
  private static final int ROW = 26;
  private static final int TOP = 44;

  private Plot() {}

  static String svg(String title, List<Series> all) {
    double most = all.stream().mapToDouble(Series::most).max().orElse(1);
    int height = TOP + ROW * all.size() + 12;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" \
        font-size="13">
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="8" y="24" font-size="15" font-weight="bold">%s</text>
        """
            .formatted(WIDTH, height, escaped(title + ", " + all.getFirst().unit())));
    int y = TOP;
    for (Series series : all) {
      row(svg, series, y, (WIDTH - NAMES - NUMBERS) / most);
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(StringBuilder svg, Series series, int y, double scale) {
    int middle = y + ROW / 2;
    String colour = series.name().contains("bpf4j") ? "#c8442b" : "#4a6fa5";
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
            .formatted(NAMES - 8, middle + 4, escaped(series.name())));
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" opacity=\"0.45\"/>%n"
            .formatted(NAMES, y + 5, series.median() * scale, ROW - 10, colour));
    for (double value : series.values()) {
      svg.append(
          "<circle cx=\"%.1f\" cy=\"%d\" r=\"2.2\" fill=\"%s\"/>%n"
              .formatted(NAMES + value * scale, middle, colour));
    }
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
            .formatted(WIDTH - 8, middle + 4, Series.text(series.median())));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
