package io.github.bpf4j.system;

/**
 * A process that has a program, map, link or BTF object open.
 *
 * @param pid its pid, in this process's pid namespace
 * @param command its name, at most 15 characters
 */
public record Holder(long pid, String command) {
  @Override
  public String toString() {
    return command + " (pid " + pid + ")";
  }
}
