import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks or mends the format of all Java sources below some folders: {@code check|replace DIR...}. */
final class Format {
  public static void main(String[] args) throws Exception {
    boolean replace = args[0].equals("replace");
    List<Path> wrong = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      Path folder = Path.of(args[i]);
      if (!Files.isDirectory(folder)) {
        continue;
      }
      for (Path file : sources(folder)) {
        String source = Files.readString(file);
        String formatted = format(source);
        if (!formatted.equals(source)) {
          wrong.add(file);
          if (replace) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    if (!replace && !wrong.isEmpty()) {
      wrong.forEach(file -> System.err.println("not formatted: " + file));
      System.err.println("./bpf4j format mends that.");
      System.exit(1);
    }
  }

  private static String format(String source) throws Exception {
    String cleaned = RemoveUnusedImports.removeUnusedImports(source);
    return new Formatter().formatSource(ImportOrderer.reorderImports(cleaned, Style.GOOGLE));
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
