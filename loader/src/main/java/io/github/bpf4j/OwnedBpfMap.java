package io.github.bpf4j;

import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.uapi.MapInfo;

/**
 * A map that no object of this process owns: made by {@link BpfMap#create}, or opened by its pin or
 * its id. Whoever made it closes it. The kernel frees the map itself with the last of its
 * descriptors, pins, and programs.
 *
 * <p>Thread safety: all methods may be called from any thread; calls that are under way when it is
 * closed finish first.
 */
public final class OwnedBpfMap extends BpfMap implements AutoCloseable {
  private final Fd descriptor;

  private OwnedBpfMap(Fd descriptor, String name, MapInfo info, Access access) {
    super(name, MapShape.of(info), descriptor.number(), descriptor.lease(), access, Siblings.NONE);
    this.descriptor = descriptor;
  }

  /** Takes over a descriptor, also when it fails. */
  static OwnedBpfMap of(Fd descriptor, Access access) {
    try {
      MapInfo info = KernelObjects.mapInfo(descriptor.number());
      // A kernel of before 4.15, or a careless maker, gave it none.
      String name = info.name().isEmpty() ? "with id " + info.id() : info.name();
      return new OwnedBpfMap(descriptor, name, info, access);
    } catch (RuntimeException | Error e) {
      descriptor.close();
      throw e;
    }
  }

  /** Gives up the descriptor; idempotent. */
  @Override
  public void close() {
    descriptor.close();
  }
}
