package io.github.bpf4j.object;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.btf.BtfVariable;
import io.github.bpf4j.btf.CTypes;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.elf.Place;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The global and static variables of an object: those that BTF lists, and in sections that it does
 * not know those of the symbol table, which tells no types.
 *
 * <pre>
 *   BTF, as libbpf completed it ──▶ DATASEC .bss ──▶ count  at 8, 8 bytes, __u64
 *   symbol table ─────────────────▶ OBJECT ───────▶ count  at 8, 8 bytes
 * </pre>
 */
public final class DataVariables {
  private static final Comparator<DataVariable> BY_PLACE =
      Comparator.comparing(DataVariable::section).thenComparingLong(DataVariable::offset);

  private DataVariables() {}

  /** Variables of the symbol table, in sections that libbpf makes a map of. */
  public static List<DataVariable> of(ElfObject object) {
    List<DataVariable> variables = new ArrayList<>();
    for (ElfSymbol symbol : object.symbols()) {
      if (symbol.type() == ElfSymbol.OBJECT && symbol.isDefined() && symbol.size() > 0) {
        String section = object.section(symbol.section()).name();
        if (isData(section)) {
          variables.add(
              new DataVariable(symbol.name(), section, symbol.value(), symbol.size(), null));
        }
      }
    }
    return variables;
  }

  private static boolean isData(String section) {
    return section.equals(".data")
        || section.equals(".bss")
        || section.equals(".rodata")
        || section.startsWith(".data.")
        || section.startsWith(".bss.")
        || section.startsWith(".rodata.");
  }

  /**
   * All variables, ordered by section and place.
   *
   * @param btf as libbpf gives it, which has put the variables' places into it; may be empty
   * @param symbols what {@link #of(ElfObject)} found
   */
  public static List<DataVariable> of(byte[] btf, String object, List<DataVariable> symbols) {
    List<DataVariable> variables = new ArrayList<>();
    Set<String> known = new HashSet<>();
    if (btf.length > 0) {
      Btf types = Btf.parse(btf, ByteOrder.nativeOrder(), Place.section(object, Btf.SECTION));
      CTypes described = new CTypes();
      for (int id = 1; id < types.count(); id++) {
        if (types.kind(id) == BtfKind.DATASEC && known.add(types.name(id))) {
          collect(types.type(id), described, variables);
        }
      }
    }
    symbols.stream().filter(symbol -> !known.contains(symbol.section())).forEach(variables::add);
    variables.sort(BY_PLACE);
    return variables;
  }

  private static void collect(BtfType section, CTypes described, List<DataVariable> variables) {
    for (BtfVariable entry : section.variables()) {
      BtfType variable = entry.variable();
      // Functions of the kernel are listed like variables.
      if (variable.kind() == BtfKind.VAR) {
        variables.add(
            new DataVariable(
                variable.name(),
                section.name(),
                entry.offset(),
                entry.size(),
                described.of(variable.target())));
      }
    }
  }
}
