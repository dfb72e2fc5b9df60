package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The libbpf that this process uses: the system's {@code libbpf.so.1}, or the file that {@code
 * -Dbpf4j.libbpf=PATH} names. It is found, checked and taught to log once; every entry to the
 * native boundary calls {@link #require} first.
 */
public final class Libbpf {
  /** The system property that names another libbpf. */
  public static final String PROPERTY = "bpf4j.libbpf";

  private static final String SONAME = "libbpf.so.1";
  private static final String PACKAGES =
      "install it: libbpf1 (Debian, Ubuntu), libbpf (Fedora, Arch), libbpf1 (openSUSE)";

  private Libbpf() {}

  /**
   * Begins an operation: makes sure that libbpf is there, and forgets what it said before on this
   * thread. Allocates nothing once libbpf is loaded.
   *
   * @throws BpfUnsupportedException when it is not found or older than 1.0
   */
  public static void require() {
    Failure failure = Loaded.FAILURE;
    if (failure != null) {
      throw new BpfUnsupportedException(failure);
    }
    LibbpfLog.clear();
  }

  /** The version, such as {@code "1.1"}. */
  public static String version() {
    require();
    return libbpf_h.libbpf_major_version() + "." + libbpf_h.libbpf_minor_version();
  }

  /**
   * Makes sure that a function is there which libbpf got after 1.0.
   *
   * @throws BpfUnsupportedException names the function, the libbpf found and the libbpf needed
   */
  static void requireFunction(String function) {
    require();
    if (Loaded.LOOKUP.find(function).isEmpty()) {
      throw new BpfUnsupportedException(
          Failure.of(
              "call",
              function,
              "libbpf " + version() + " lacks it; libbpf " + since(function) + " brought it"));
    }
  }

  /**
   * Makes sure that libbpf knows what it learned after 1.0 without a new function.
   *
   * @param feature what takes it, such as {@code "kprobe.session"}
   * @throws BpfUnsupportedException names the feature, the libbpf found and the libbpf needed
   */
  public static void requireVersion(String feature, int major, int minor) {
    if (!isAtLeast(major, minor)) {
      throw new BpfUnsupportedException(
          Failure.of(
              "use",
              feature,
              "libbpf " + version() + " lacks it; libbpf " + major + "." + minor + " brought it"));
    }
  }

  /** Whether it is that version or a newer one. */
  public static boolean isAtLeast(int major, int minor) {
    require();
    return libbpf_h.libbpf_major_version() * 100 + libbpf_h.libbpf_minor_version()
        >= major * 100 + minor;
  }

  /** The libbpf that exported the function first, such as {@code "1.3.0"}. */
  static String since(String function) {
    try (InputStream versions =
        libbpf_h.class.getModule().getResourceAsStream("META-INF/bpf4j/libbpf-versions.txt")) {
      if (versions == null) {
        throw new IllegalStateException("META-INF/bpf4j/libbpf-versions.txt is missing");
      }
      return new String(versions.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(function + " "))
          .map(line -> line.substring(function.length() + 1))
          .findFirst()
          .orElse("a later version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads on first use; a failure is kept, because a class initializer may fail only once. */
  private static final class Loaded {
    static SymbolLookup LOOKUP = name -> Optional.empty();
    static final @Nullable Failure FAILURE = load();

    @SuppressWarnings("restricted") // a library that the system or the user names
    private static @Nullable Failure load() {
      String named = System.getProperty(PROPERTY);
      if (named != null) {
        if (named.isBlank()) {
          return missing(
              "-D" + PROPERTY, "it is empty", "let it name a libbpf.so.1, or leave it out");
        }
        String reason = refusal(Path.of(named));
        if (!reason.isEmpty()) {
          return missing(named, reason, "-D" + PROPERTY + " names it");
        }
      }
      try {
        LOOKUP = SymbolLookup.libraryLookup(named == null ? SONAME : named, Arena.global());
      } catch (IllegalArgumentException e) {
        return named == null
            ? missing(SONAME, "not found", PACKAGES)
            : missing(named, "the dynamic linker refused it", "see ldd " + named);
      }
      if (LOOKUP.find("libbpf_major_version").isEmpty()) {
        return LOOKUP.find("bpf_object__load").isEmpty()
            ? missing(
                named == null ? SONAME : named,
                "it is no libbpf",
                named == null ? PACKAGES : "-D" + PROPERTY + " names it")
            : missing(named == null ? SONAME : named, "older than libbpf 0.6", PACKAGES);
      }
      return check(named);
    }

    private static String refusal(Path named) {
      try {
        return LibraryFile.refusal(named);
      } catch (NoSuchFileException e) {
        return "no such file";
      } catch (IOException e) {
        return "it cannot be read: " + e.getMessage();
      }
    }

    // The bindings ask the dynamic linker for SONAME. It answers with the library of that name that
    // is loaded already, which is the one opened above.
    private static @Nullable Failure check(@Nullable String named) {
      MemorySegment ours = LOOKUP.findOrThrow("libbpf_major_version");
      try {
        if (libbpf_h.libbpf_major_version$address().address() != ours.address()) {
          return missing(String.valueOf(named), "its SONAME is not " + SONAME, PACKAGES);
        }
      } catch (ExceptionInInitializerError e) {
        return missing(String.valueOf(named), "its SONAME is not " + SONAME, PACKAGES);
      }
      if (libbpf_h.libbpf_major_version() < 1) {
        return missing(SONAME, "older than libbpf 1.0", PACKAGES);
      }
      LibbpfLog.install();
      return null;
    }

    private static Failure missing(String library, String reason, String hint) {
      return Failure.of("use", library, reason).hint(hint);
    }
  }
}
