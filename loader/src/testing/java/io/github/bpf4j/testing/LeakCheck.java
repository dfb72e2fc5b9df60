package io.github.bpf4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Fails a test after which this process holds more BPF or namespace descriptors than before. */
final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
  private static final Namespace STORE = Namespace.create(LeakCheck.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(STORE).put("open", openKinds());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertEquals(
        context.getStore(STORE).get("open"),
        openKinds(),
        "file descriptors by kind, before and after the test");
  }

  /** How many descriptors of each kind that a test may leak, such as {@code anon_inode:bpf-map}. */
  private static Map<String, Integer> openKinds() {
    Map<String, Integer> kinds = new TreeMap<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        String kind = target(descriptor).replaceFirst("\\[\\d+\\]$", "");
        if ((kind.contains("bpf") && kind.startsWith("anon_inode")) || kind.startsWith("net:")) {
          kinds.merge(kind, 1, Integer::sum);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return kinds;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
