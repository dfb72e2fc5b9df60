package io.github.bpf4j.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class FdInfoTest {
  @Test
  void valuesStandBehindTheirNames() {
    FdInfo info =
        FdInfo.parse(
            """
            pos:\t0
            flags:\t02000002
            map_type:\t3
            memlock:\t16855368
            frozen:\t1
            owner_prog_type:\t6
            """);
    assertEquals(OptionalLong.of(16_855_368), info.memory());
    assertEquals(1, info.number("frozen"));
    assertEquals(6, info.number("owner_prog_type"));
  }

  @Test
  void whatAKernelDoesNotTellIsEmptyOrZero() {
    FdInfo info = FdInfo.parse("pos:\t0\nno value\n\n:\n");
    assertEquals(OptionalLong.empty(), info.memory());
    assertEquals(0, info.number("frozen"));
  }

  @Test
  void aDescriptorThatIsNotOpenTellsNothing() {
    assertEquals(OptionalLong.empty(), FdInfo.of(1_000_000).memory());
  }
}
