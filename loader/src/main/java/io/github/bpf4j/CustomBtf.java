package io.github.bpf4j;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.elf.Place;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A file with a kernel's types, which the user names: looked at before libbpf sees it. */
final class CustomBtf {
  /** A kernel with all its modules has some ten megabytes of them. */
  private static final int LARGEST_FILE = 256 << 20;

  private static final int ELF_MAGIC = 0x7f;

  private CustomBtf() {}

  /**
   * Checks it.
   *
   * @throws io.github.bpf4j.error.BpfObjectFormatException when it is malformed
   * @throws BpfException when it cannot be read
   */
  static void check(Path file) {
    byte[] bytes = FileBytes.read("read", "BTF " + file, file, LARGEST_FILE);
    if (bytes.length > 0 && bytes[0] == ELF_MAGIC) {
      throw new BpfException(
          Failure.of("read", "BTF " + file, "it is an ELF file, not BTF alone")
              .hint("objcopy -O binary --only-section=.BTF --set-section-flags .BTF=alloc"));
    }
    Btf.parse(bytes, ByteOrder.nativeOrder(), new Place(file.toString(), "types"));
  }
}
