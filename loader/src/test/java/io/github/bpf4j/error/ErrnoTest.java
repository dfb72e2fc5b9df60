package io.github.bpf4j.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The table of error numbers, by itself and against this machine's C library. */
final class ErrnoTest {
  private static final int LIBBPF_START = 4000;

  @SuppressWarnings("restricted") // C tells the length by the NUL
  private static final AddressLayout STRING =
      ValueLayout.ADDRESS.withTargetLayout(
          MemoryLayout.sequenceLayout(1 << 10, ValueLayout.JAVA_BYTE));

  @Test
  void namesAndDescribes() {
    assertEquals("ENOENT", Errno.name(2));
    assertEquals("No such file or directory (ENOENT, 2)", Errno.describe(2));
    assertEquals("LIBBPF_ERRNO__FORMAT", Errno.name(4001));
    assertTrue(Errno.describe(4001).endsWith("(LIBBPF_ERRNO__FORMAT, 4001)"));
  }

  @Test
  void aNumberWithoutANameIsGivenAsANumber() {
    assertEquals("errno 999", Errno.name(999));
    assertEquals("error number 999", Errno.describe(999));
    assertEquals("errno 0", Errno.name(0));
    assertEquals("errno -1", Errno.name(-1));
  }

  @Test
  void eachLineHasANumberANameAndATextAndNoneComesTwice() throws IOException {
    Set<Integer> numbers = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (String line : table()) {
      assertTrue(line.matches("[1-9]\\d* [A-Z][A-Z0-9_]+ \\S.*\\S"), line);
      String[] parts = line.split(" ", 3);
      assertTrue(numbers.add(Integer.parseInt(parts[0])), line);
      assertTrue(names.add(parts[1]), line);
    }
    assertTrue(numbers.size() > 130, "only " + numbers.size());
  }

  @Test
  void theConstantsAreThoseOfTheTable() throws IllegalAccessException {
    for (Field constant : Errno.class.getFields()) {
      assertEquals(constant.getName(), Errno.name(constant.getInt(null)));
    }
  }

  @Test
  void theCLibraryAgreesOnEveryNumberAndText() throws Throwable {
    MethodHandle nameOf = cFunction("strerrorname_np");
    MethodHandle textOf = cFunction("strerrordesc_np");
    for (int errno = 1; errno < LIBBPF_START; errno++) {
      MemorySegment name = (MemorySegment) nameOf.invokeExact(errno);
      if (name.address() != 0) {
        String text = ((MemorySegment) textOf.invokeExact(errno)).getString(0);
        assertEquals(text + " (" + name.getString(0) + ", " + errno + ")", Errno.describe(errno));
      }
    }
  }

  @SuppressWarnings("restricted") // int to string, as the manual says
  private static MethodHandle cFunction(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker
            .defaultLookup()
            .find(name)
            .orElseGet(() -> Assumptions.abort(name + " came with glibc 2.32")),
        FunctionDescriptor.of(STRING, ValueLayout.JAVA_INT));
  }

  private static List<String> table() throws IOException {
    try (InputStream table = Errno.class.getResourceAsStream("/META-INF/bpf4j/errno.txt")) {
      assertNotNull(table);
      return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
