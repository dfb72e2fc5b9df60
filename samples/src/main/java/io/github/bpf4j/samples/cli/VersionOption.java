package io.github.bpf4j.samples.cli;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.system.BpfSystem;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code bpf4j --version}: what a report of an error should say. */
public final class VersionOption {
  private VersionOption() {}

  /** Gives a command the option. */
  public static void add(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the versions of bpf4j, libbpf, Java and Linux.")
            .build());
    spec.versionProvider(VersionOption::lines);
  }

  private static String[] lines() {
    return new String[] {
      "bpf4j " + own(),
      libbpf(),
      "Java " + Runtime.version(),
      "Linux " + System.getProperty("os.version") + " " + System.getProperty("os.arch")
    };
  }

  private static String own() {
    return Optional.ofNullable(VersionOption.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("of no release");
  }

  private static String libbpf() {
    try {
      return "libbpf " + BpfSystem.libbpfVersion();
    } catch (BpfException e) {
      return e.sentence();
    }
  }
}
