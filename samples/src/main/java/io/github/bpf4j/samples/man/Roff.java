package io.github.bpf4j.samples.man;

import java.util.Locale;

/**
 * Text of a manual page.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/man.7.html">man(7)</a>
 */
final class Roff {
  private final StringBuilder page = new StringBuilder();

  /** The title line; without a date, for a build that gives the same bytes each time. */
  Roff(String title, String version) {
    page.append(".TH \"").append(title.toUpperCase(Locale.ROOT)).append("\" \"1\" \"\" \"");
    page.append(escape(version)).append("\" \"User Commands\"\n");
  }

  Roff section(String title) {
    page.append(".SH ").append(escape(title.toUpperCase(Locale.ROOT))).append('\n');
    return this;
  }

  Roff subsection(String title) {
    page.append(".SS ").append(escape(title)).append('\n');
    return this;
  }

  Roff paragraph(String text) {
    page.append(".PP\n").append(escape(text)).append('\n');
    return this;
  }

  /** A line, without a paragraph before it. */
  Roff line(String text) {
    page.append(escape(text)).append('\n');
    return this;
  }

  /** What follows begins on a line of its own. */
  Roff newLine() {
    page.append(".br\n");
    return this;
  }

  /** A term in bold, and what it is. */
  Roff item(String term, String text) {
    page.append(".TP\n\\fB").append(escape(term)).append("\\fR\n");
    page.append(escape(text)).append('\n');
    return this;
  }

  /** A hyphen as it is typed; and no line that begins like a request. */
  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
