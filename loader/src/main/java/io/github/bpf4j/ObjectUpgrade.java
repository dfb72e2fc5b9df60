package io.github.bpf4j;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.legacy.FragsSections;
import io.github.bpf4j.legacy.LegacyUpgrade;
import io.github.bpf4j.legacy.LegacyUpgrade.Upgraded;
import io.github.bpf4j.legacy.SectionNames;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.libbpf.ObjectHandle;
import io.github.bpf4j.libbpf.ObjectSettings;
import io.github.bpf4j.libbpf.Pages;
import io.github.bpf4j.libbpf.PossibleCpus;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.object.ObjectCheck;
import io.github.bpf4j.system.BpfFeature;
import io.github.bpf4j.system.FeatureProbes;
import io.github.bpf4j.system.Support.Answer;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens objects of every age: the ELF file is upgraded before libbpf reads it, types and sizes are
 * mended after. What is changed is said at INFO.
 */
final class ObjectUpgrade {
  private static final Logger LOG = LoggerFactory.getLogger("io.github.bpf4j.legacy");

  private ObjectUpgrade() {}

  static ObjectHandle open(ElfObject given, String name, ObjectSettings settings) {
    LaterSections.require(given);
    ElfObject object = withoutFrags(given, name);
    Upgraded upgraded = LegacyUpgrade.of(object);
    Map<String, String> pins = Map.of();
    ObjectHandle handle;
    if (upgraded == null) {
      handle = ObjectHandle.open(object.file(), name, settings);
    } else {
      LOG.info("object {}: old map definitions upgraded: {}", name, upgraded.maps());
      // What was harmless in an old map's place may not be in a new one's.
      ObjectCheck.check(upgraded.file(), object.name());
      handle = ObjectHandle.open(upgraded.file(), name, settings);
      pins = upgraded.pins();
    }
    try {
      handle.programs().forEach(ObjectUpgrade::giveType);
      List<MapHandle> maps = handle.maps();
      maps.forEach(ObjectUpgrade::mendSizes);
      for (MapHandle map : maps) {
        String path = pins.get(map.name());
        if (path != null) {
          LOG.info("map {}: pinned at {}, as its iproute2 definition says", map.name(), path);
          map.setPinPath(path);
        }
      }
      return handle;
    } catch (RuntimeException | Error e) {
      handle.lease().close();
      throw e;
    }
  }

  private static ElfObject withoutFrags(ElfObject object, String name) {
    if (!FragsSections.isIn(object)
        || FeatureProbes.feature(BpfFeature.XDP_FRAGS).answer() != Answer.NO) {
      return object;
    }
    LOG.info("object {}: section xdp.frags read as xdp, all that this kernel has", name);
    return ElfObject.parse(FragsSections.renamed(object), object.name());
  }

  private static void giveType(ProgramHandle program) {
    if (BpfProgramType.of(program.type()) != BpfProgramType.UNSPEC) {
      return;
    }
    Optional<String> modern = SectionNames.modern(program.section());
    if (modern.isPresent() && program.setTypeBySection(modern.get())) {
      LOG.info(
          "program {}: section {} read as {}, as before libbpf 1.0",
          program.name(),
          program.section(),
          modern.get());
    }
  }

  private static void mendSizes(MapHandle map) {
    switch (BpfMapType.of(map.type())) {
      case RINGBUF, USER_RINGBUF -> {
        set(map, "key size", map.keySize(), 0, map::setKeySize);
        set(map, "value size", map.valueSize(), 0, map::setValueSize);
        int entries = map.maxEntries();
        set(map, "size", entries, Pages.ringSize(entries), map::setMaxEntries);
      }
      case PERF_EVENT_ARRAY -> {
        set(map, "key size", map.keySize(), Integer.BYTES, map::setKeySize);
        set(map, "value size", map.valueSize(), Integer.BYTES, map::setValueSize);
        setIfNone(map);
      }
      case CPUMAP -> setIfNone(map);
      default -> {}
    }
  }

  private static void setIfNone(MapHandle map) {
    if (map.maxEntries() == 0) {
      set(map, "number of entries", 0, PossibleCpus.count(), map::setMaxEntries);
    }
  }

  private static void set(MapHandle map, String what, int is, int shall, IntConsumer setter) {
    if (is != shall) {
      LOG.info("map {}: {} {} changed to {}", map.name(), what, is, shall);
      setter.accept(shall);
    }
  }
}
