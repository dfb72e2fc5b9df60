package io.github.bpf4j.system;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.elf.Place;
import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import java.nio.ByteOrder;
import java.util.Optional;

/** BTF objects of the kernel, read. */
final class BtfData {
  private BtfData() {}

  /** Empty when it is gone, or of a format that this version of bpf4j does not know. */
  static Optional<Btf> read(int id) {
    Optional<Fd> opened = KernelObjects.openBtf(id);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Fd fd = opened.get()) {
      byte[] data = KernelObjects.btfData(fd.number());
      return Optional.of(
          Btf.parse(data, ByteOrder.nativeOrder(), new Place("BTF object " + id, "types")));
    } catch (BpfObjectFormatException e) {
      return Optional.empty();
    }
  }
}
