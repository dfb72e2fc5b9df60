package io.github.bpf4j.hook;

import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.LinkHandle;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.Results;
import io.github.bpf4j.libbpf.StructOps;
import java.util.Optional;

/**
 * A struct of functions that the kernel was given without a link: it is registered until it is
 * taken out of its map again, whether or not this process lives.
 */
final class StructOpsAttached implements Attached {
  private final MapHandle map;

  private StructOpsAttached(MapHandle map) {
    this.map = map;
  }

  /** Registers a struct, by a link where its map is made for one. */
  static Attached attach(MapHandle map) {
    map.lease().acquire();
    try {
      Optional<LinkHandle> link = StructOps.attach(map, "struct_ops " + map.name());
      return link.isPresent()
          ? new LinkAttached(map.name(), "struct_ops", link.get(), map.lease()::release)
          : new StructOpsAttached(map);
    } catch (RuntimeException | Error e) {
      map.lease().release();
      throw e;
    }
  }

  @Override
  public boolean detach() {
    int result = StructOps.unregister(map);
    if (result == -Errno.ENOENT || result == -Errno.EINPROGRESS) {
      return false; // somebody else did
    }
    if (result < 0) {
      throw Results.failed("detach", describe(), -result);
    }
    return true;
  }

  @Override
  public boolean isAttached() {
    return StructOps.isRegistered(map);
  }

  @Override
  public void update(ProgramHandle next) {
    throw new BpfUnsupportedException(
        Failure.of("update", describe(), "a struct of functions is no program"));
  }

  @Override
  public boolean isHeldByHook() {
    return true;
  }

  @Override
  public Optional<LinkHandle> link() {
    return Optional.empty();
  }

  @Override
  public void markOwner() {
    // A map bears none.
  }

  @Override
  public void markLeft() {
    // Nor does it here.
  }

  @Override
  public void release() {
    map.lease().release();
  }

  @Override
  public String describe() {
    return map.name() + " on struct_ops";
  }
}
