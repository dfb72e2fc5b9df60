package io.github.bpf4j.bindings;

import static io.github.bpf4j.bindings.AllowList.Kind.CONSTANT;
import static io.github.bpf4j.bindings.AllowList.Kind.FUNCTION;
import static io.github.bpf4j.bindings.AllowList.Kind.STRUCT;
import static io.github.bpf4j.bindings.AllowList.Kind.TYPEDEF;
import static io.github.bpf4j.bindings.AllowList.Kind.UNION;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.bindings.AllowList.Kind;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is generated is what the lists ask for: all of it, and nothing else. */
class AllowListTest {
  @ParameterizedTest
  @EnumSource
  void isSortedAndKnowsNoDuplicates(AllowList list) {
    assertEquals(List.copyOf(new TreeSet<>(list.lines())), list.lines());
  }

  @ParameterizedTest
  @EnumSource
  void asksForNothingButSymbols(AllowList list) {
    for (String line : list.lines()) {
      assertTrue(
          Arrays.stream(Kind.values()).anyMatch(kind -> line.matches(kind.option + "\\w+")), line);
    }
  }

  @ParameterizedTest
  @EnumSource
  void functionsAndConstantsAreMembersOfTheHeaderClass(AllowList list) {
    Class<?> header = list.headerClass();
    Stream<String> methods =
        Arrays.stream(header.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            // A function has more members: name$handle, name$descriptor, name$address.
            .map(name -> name.replaceFirst("\\$.*", ""));
    // A variadic function is a class, since each call may have a type of its own.
    Stream<String> variadics = Arrays.stream(header.getClasses()).map(Class::getSimpleName);

    assertEquals(
        new TreeSet<>(list.names(FUNCTION, CONSTANT)),
        Stream.concat(methods, variadics).collect(toCollection(TreeSet::new)));
  }

  @Test
  void typesAreClasses() throws IOException {
    Set<String> expected = new TreeSet<>();
    for (AllowList list : AllowList.values()) {
      expected.add(list.headerClass().getSimpleName());
      expected.addAll(list.names(STRUCT, UNION, TYPEDEF));
    }
    assertEquals(expected, generatedClasses());
    expected.forEach(AllowList::generated);
  }

  private static Set<String> generatedClasses() throws IOException {
    Path folder = Path.of("src/generated/java", AllowList.class.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
          // What jextract splits off a header class: name_h$shared, name_h_1, name_h_2.
          .map(name -> name.replaceFirst("_h(\\$shared|_\\d+)$", "_h"))
          .collect(toCollection(TreeSet::new));
    }
  }
}
