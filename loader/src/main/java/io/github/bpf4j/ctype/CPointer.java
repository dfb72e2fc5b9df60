package io.github.bpf4j.ctype;

/**
 * A pointer; BPF's are 8 bytes, and mean nothing in user space.
 *
 * @param target the name of what it points to, such as {@code "struct task_struct"}
 */
public record CPointer(String target) implements CType {
  @Override
  public long size() {
    return Long.BYTES;
  }

  @Override
  public String toString() {
    return target + " *";
  }
}
