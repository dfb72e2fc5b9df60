package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.demo.KnownFrames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's example, as a program of somebody who has what Maven brings with bpf4j-loader. */
final class ConsumerTest {
  @TempDir private Path folder;

  /** Dependencies of scope compile and runtime, and their own. */
  private static String broughtByMaven() {
    return Arrays.stream(System.getProperty("jdk.module.path", "").split(File.pathSeparator))
        .filter(
            entry -> entry.matches(".*(/loader/|/bindings/|bpf4j-loader|bpf4j-bindings|slf4j-).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  private static String example() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    int begin = readme.indexOf("```java\nimport") + "```java\n".length();
    return readme.substring(begin, readme.indexOf("```", begin));
  }

  private static ProcessBuilder command(Object... words) {
    List<String> command = Arrays.stream(words).map(Object::toString).toList();
    return new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
  }

  private Path compile() throws Exception {
    Path sources = Files.createDirectories(folder.resolve("sources/consumer"));
    Path classes = folder.resolve("classes");
    Path example =
        Files.writeString(sources.resolve("Udp.java"), "package consumer;\n" + example());
    Path module =
        Files.writeString(
            sources.resolveSibling("module-info.java"),
            "module consumer { requires io.github.bpf4j.loader; exports consumer; }\n");
    Process javac =
        command(
                tool("javac"),
                "-Xlint:all,-missing-explicit-ctor",
                "-Werror",
                "--module-path",
                broughtByMaven(),
                "-d",
                classes,
                module,
                example)
            .start();
    String said = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, javac.waitFor(), said);
    return classes;
  }

  @Test
  void aModuleThatRequiresTheLoaderCompiles() throws Exception {
    assertTrue(Files.exists(compile().resolve("consumer/Udp.class")));
  }

  @KernelTest
  void theExampleCounts() throws Exception {
    String path = broughtByMaven() + File.pathSeparator + compile();
    Files.copy(TestObjects.file("xdp1_kern"), folder.resolve("xdp1_kern.o"));
    try (TestNetwork network = new TestNetwork()) {
      network.run(
          () -> {
            Process udp =
                command(
                        tool("java"),
                        "--enable-native-access=io.github.bpf4j.loader,io.github.bpf4j.bindings",
                        "--illegal-native-access=deny",
                        "--module-path",
                        path,
                        "--module",
                        "consumer/consumer.Udp",
                        Hook.DEVICE)
                    .directory(folder.toFile())
                    .start();
            try (var lines = udp.inputReader()) {
              String line = "";
              while (line != null && !line.matches("UDP: [1-9]\\d* packets per second")) {
                KnownFrames.sendRounds(NetworkDevice.of("left"), 1);
                line = lines.readLine();
              }
              assertTrue(line != null, "it ended");
            } finally {
              udp.destroy();
              assertEquals(143, udp.waitFor());
            }
            Hook.assertFree();
          });
    }
  }
}
