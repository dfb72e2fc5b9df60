package io.github.bpf4j.object;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfRelocation;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of functions in {@code .text}. libbpf copies what a program calls behind the program, and
 * what that calls, a level of C's stack for each.
 *
 * <pre>
 *   section xdp      section .text
 *   prog ──call──▶ a ──call──▶ b ──call──▶ …    libbpf's stack grows with each
 * </pre>
 */
final class CallCheck {
  /**
   * The kernel allows 8; libbpf takes about 130 bytes for each, and a thread's stack may be 1 MiB.
   */
  private static final int DEEPEST = 512;

  private static final String TEXT = ".text";
  private static final byte CALL = (byte) 0x85;
  private static final byte LOAD_64_BITS = 0x18;
  private static final int OF_A_FUNCTION = 1;

  private final ElfObject object;
  private final Functions functions;
  private final ElfSection text;
  private final Map<Integer, Map<Long, ElfRelocation>> relocations = new HashMap<>();

  private CallCheck(ElfObject object, Functions functions, ElfSection text) {
    this.object = object;
    this.functions = functions;
    this.text = text;
  }

  /** Checks an object whose relocations are known to be in bounds. */
  static void check(ElfObject object, Functions functions) {
    ElfSection text = object.section(TEXT);
    if (text == null || !text.isExecutable()) {
      return;
    }
    // Of fewer functions no chain can be too long.
    if (functions.count(text) > DEEPEST) {
      CallCheck check = new CallCheck(object, functions, text);
      check.collectRelocations();
      check.checkDepth(functions.all());
    }
  }

  private void collectRelocations() {
    for (ElfSection table : object.sections()) {
      if (table.type() == ElfSection.REL && object.target(table).isExecutable()) {
        Map<Long, ElfRelocation> byPlace =
            relocations.computeIfAbsent(table.info(), _ -> new HashMap<>());
        for (ElfRelocation relocation : object.relocations(table)) {
          byPlace.put(relocation.offset(), relocation);
        }
      }
    }
  }

  private void checkDepth(List<ElfSymbol> all) {
    Map<ElfSymbol, List<ElfSymbol>> calls = new HashMap<>();
    for (ElfSymbol program : all) {
      if (program.section() != text.index()) {
        walk(program, calls);
      }
    }
  }

  /** Goes the way that libbpf goes: into each function once, at its first call. */
  private void walk(ElfSymbol program, Map<ElfSymbol, List<ElfSymbol>> calls) {
    ElfSymbol[] path = new ElfSymbol[DEEPEST + 1];
    int[] next = new int[DEEPEST + 1];
    Set<ElfSymbol> seen = new HashSet<>();
    int depth = 0;
    path[0] = program;
    while (depth >= 0) {
      List<ElfSymbol> callees = calls.computeIfAbsent(path[depth], this::callees);
      if (next[depth] == callees.size()) {
        depth--;
        continue;
      }
      ElfSymbol callee = callees.get(next[depth]++);
      if (!seen.add(callee)) {
        continue;
      }
      if (++depth > DEEPEST) {
        throw object
            .place(text)
            .malformed(
                callee.value(),
                "function " + callee.name() + " is called through " + DEEPEST + " others",
                "through 7, the most that the kernel allows");
      }
      path[depth] = callee;
      next[depth] = 0;
    }
  }

  /** The functions of {@code .text} that a function refers to, in the order of its instructions. */
  private List<ElfSymbol> callees(ElfSymbol function) {
    ElfSection section = object.section(function.section());
    ByteBuffer code = object.data(section);
    Map<Long, ElfRelocation> ofSection = relocations.getOrDefault(section.index(), Map.of());
    List<ElfSymbol> found = new ArrayList<>();
    long end = function.value() + function.size();
    for (long at = function.value(); at < end; at += Functions.INSTRUCTION) {
      @Nullable ElfRelocation relocation = ofSection.get(at);
      @Nullable ElfSymbol callee = callee(code, (int) at, relocation);
      if (callee != null) {
        found.add(callee);
      }
    }
    return found;
  }

  private @Nullable ElfSymbol callee(ByteBuffer code, int at, @Nullable ElfRelocation relocation) {
    byte operation = code.get(at);
    boolean call = operation == CALL && source(code, at) == OF_A_FUNCTION;
    if (!call && (operation != LOAD_64_BITS || relocation == null)) {
      return null;
    }
    long immediate = code.getInt(at + Integer.BYTES);
    long offset = call ? Functions.INSTRUCTION * (immediate + 1) : immediate;
    if (relocation == null) {
      return functions.at(text, at + offset);
    }
    ElfSymbol symbol = object.symbols().get(relocation.symbol());
    return symbol.section() == text.index() ? functions.at(text, symbol.value() + offset) : null;
  }

  /** The source register, whose bits stand behind the other register's in either byte order. */
  private static int source(ByteBuffer code, int at) {
    int registers = code.get(at + 1);
    return code.order() == ByteOrder.LITTLE_ENDIAN ? registers >> 4 & 0xf : registers & 0xf;
  }
}
