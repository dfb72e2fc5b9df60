import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rewrites what jextract made, so that functions are called through {@code Downcall}: one shape for
 * all of them, linked once, where jextract links each shape by itself when it is first met, at some
 * 5 ms each. Functions that are called often keep the shape of their own.
 *
 * <pre>
 *   java OneShape.java HEADER-CLASS.java FUNCTIONS-THAT-STAY
 *   java OneShape.java CALLBACK.java       takes away the handle by which C's callbacks are called:
 *                                          ours are for C to call
 * </pre>
 */
final class OneShape {
  /** A function as jextract writes it: the holder of its handle, three accessors, the call. */
  private static final Pattern FUNCTION =
      Pattern.compile(
          """
              private static class (?<name>\\w+) \\{
                  public static final FunctionDescriptor DESC = (?<descriptor>[^;]*);

                  public static final MemorySegment ADDR = (?<address>[^;]*);

                  public static final MethodHandle HANDLE = [^;]*;
              \\}
          (?<before>(?:(?!\\n    /\\*\\*\\n     \\* Downcall method handle).)*+)
              /\\*\\*
               \\* Downcall method handle(?:(?!\\*/).)*+\\*/
              public static MethodHandle \\k<name>\\$handle\\(\\) \\{
                  return \\k<name>.HANDLE;
              \\}
          (?<between>.*?)
              public static (?<type>\\w+) \\k<name>\\((?<parameters>[^)]*)\\) \\{
                  var mh\\$ = \\k<name>.HANDLE;
          .*?invokeExact\\((?<arguments>[^)]*)\\);
          .*?
              \\}
          """,
          Pattern.DOTALL);

  private static final Pattern CALLING_BACK =
      Pattern.compile(
          """

              private static final MethodHandle DOWN\\$MH = .*
          \\}
          """,
          Pattern.DOTALL);

  private OneShape() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    if (args.length == 1) {
      String without = CALLING_BACK.matcher(Files.readString(file)).replaceFirst("}\n");
      Files.writeString(file, without);
      return;
    }
    Set<String> stay = new HashSet<>(Files.readAllLines(Path.of(args[1])));
    String source = Files.readString(file);
    Matcher function = FUNCTION.matcher(source);
    StringBuilder result = new StringBuilder();
    while (function.find()) {
      String rewritten =
          stay.remove(function.group("name")) ? function.group() : rewritten(function);
      function.appendReplacement(result, Matcher.quoteReplacement(rewritten));
    }
    if (!stay.isEmpty()) {
      throw new IllegalArgumentException("no such functions in " + file + ": " + stay);
    }
    Files.writeString(file, function.appendTail(result));
  }

  private static String rewritten(Matcher function) {
    String name = function.group("name");
    // A struct by value is no word, and there are seven.
    if (function.group("descriptor").contains(".layout()")
        || function.group("parameters").split(",").length > 7) {
      throw new IllegalArgumentException(name + " does not fit the shape: add it to *.own-shape");
    }
    return """
        private static class %s {
            public static final FunctionDescriptor DESC = %s;

            public static final MemorySegment ADDR = %s;
        }
    %s%s
        public static %s %s(%s) {
            %s;
        }
    """
        .formatted(
            name,
            function.group("descriptor"),
            function.group("address"),
            function.group("before"),
            function.group("between"),
            function.group("type"),
            name,
            function.group("parameters"),
            returned(function.group("type"), call(name, function)));
  }

  private static String call(String name, Matcher function) {
    String[] parameters =
        Stream.of(function.group("parameters").split(", "))
            .filter(p -> !p.isEmpty())
            .toArray(String[]::new);
    String words = Stream.of(parameters).map(p -> ", " + word(p)).collect(Collectors.joining());
    return "Downcall.call(" + name + ".ADDR" + words + ")";
  }

  private static String word(String parameter) {
    String[] typeAndName = parameter.split(" ");
    return typeAndName[0].equals("MemorySegment")
        ? typeAndName[1]
        : "Downcall.word(" + typeAndName[1] + ")";
  }

  private static String returned(String type, String call) {
    return switch (type) {
      case "void" -> call;
      case "long" -> "return " + call;
      case "int" -> "return (int) " + call;
      case "boolean" -> "return (byte) " + call + " != 0";
      case "MemorySegment" -> "return Downcall.pointer(" + call + ")";
      default -> throw new IllegalArgumentException("results of type " + type);
    };
  }
}
