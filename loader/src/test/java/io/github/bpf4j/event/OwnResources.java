package io.github.bpf4j.event;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What of the kernel's this process holds for events: descriptors by kind, and mappings. */
final class OwnResources {
  private OwnResources() {}

  /** Such as {@code {anon_inode:[eventfd]=1, anon_inode:bpf-map=3, mapped=2}}. */
  static Map<String, Integer> count() {
    Map<String, Integer> kinds = new TreeMap<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        String kind = target(descriptor);
        if (kind.startsWith("anon_inode:")) {
          kinds.merge(kind, 1, Integer::sum);
        }
      }
      long mapped =
          Files.readAllLines(Path.of("/proc/self/maps")).stream()
              .filter(line -> line.contains("anon_inode:"))
              .count();
      kinds.put("mapped", (int) mapped);
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
