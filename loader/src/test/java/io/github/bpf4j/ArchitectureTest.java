package io.github.bpf4j;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.MemorySegment;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages and who may know whom; see the picture in each {@code package-info.java}. */
final class ArchitectureTest {
  private static final Path CLASSES = Path.of("target/classes");
  private static final String ROOT = "io.github.bpf4j";
  private static final JavaClasses MAIN = new ClassFileImporter().importPath(CLASSES);
  private static final ModuleDescriptor MODULE =
      ModuleFinder.of(CLASSES).findAll().iterator().next().descriptor();
  private static final Set<String> EXPORTED =
      MODULE.exports().stream().map(Exports::source).collect(Collectors.toSet());

  /** A package and those below it that it may know; * when the module exports it. */
  private static final String PACKAGES =
      """
      * attach   net system uapi
        btf      ctype elf error
      * codec    ctype error
      * ctype
        elf      error
      * error    uapi
      * event    codec libbpf error
        hook     attach net system libbpf error uapi
        legacy   btf elf error
        libbpf   error uapi bindings
      * map      codec libbpf rate error uapi
      * net      libbpf error
        object   btf ctype elf error
      * rate
        ring     event libbpf error uapi
      * system   btf elf libbpf error uapi
      * uapi
      """;

  @Test
  void onlyTheNativeBoundaryKnowsTheBindings() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".libbpf")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".bindings.."));
  }

  static Stream<Arguments> packages() {
    return PACKAGES
        .lines()
        .map(line -> line.replace("*", "").strip().split(" ", -1))
        .map(
            words ->
                Arguments.of(words[0], Arrays.stream(words).filter(w -> !w.isEmpty()).toList()));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageKnowsOnlyThoseBelowIt(String layer, List<String> known) {
    String[] allowed = known.stream().map(name -> ROOT + "." + name).toArray(String[]::new);
    check(
        classes()
            .that()
            .resideInAPackage(ROOT + "." + layer)
            .should()
            .onlyDependOnClassesThat(
                resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(allowed))));
  }

  @Test
  void theListOfPackagesIsComplete() {
    assertEquals(
        Stream.concat(Stream.of(""), packages().map(row -> row.get()[0]))
            .collect(Collectors.toSet()),
        MAIN.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT))
            .map(name -> name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1))
            .collect(Collectors.toSet()));
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT));
  }

  @Test
  void nobodyEndsTheProcess() {
    check(
        noClasses()
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class));
  }

  @Test
  void nothingIsDetachedOrClosedByTheGarbageCollector() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Cleaner.class, PhantomReference.class));
    List<String> finalizers =
        MAIN.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getName().equals("finalize"))
            .filter(method -> method.getRawParameterTypes().isEmpty())
            .map(JavaMethod::getFullName)
            .toList();
    assertEquals(List.of(), finalizers);
  }

  @Test
  void nothingPrintsButTheUpcallThatMayNotThrow() {
    check(
        noClasses()
            .should()
            .accessTargetWhere(
                describe(
                    "System.out or System.err",
                    access ->
                        access.getTarget().getOwner().isEquivalentTo(System.class)
                            && Set.of("out", "err").contains(access.getTarget().getName()))));
  }

  @Test
  void internalPackagesAreNotExportedAndNothingIsOpen() {
    assertEquals(
        Stream.concat(
                Stream.of(ROOT),
                PACKAGES
                    .lines()
                    .filter(line -> line.startsWith("*"))
                    .map(line -> ROOT + "." + line.split(" ", -1)[1]))
            .collect(Collectors.toSet()),
        EXPORTED);
    assertTrue(MODULE.exports().stream().noneMatch(Exports::isQualified));
    assertEquals(Set.of(), MODULE.opens());
  }

  @Test
  void memorySegmentsArePublicForDataOnly() {
    Set<String> owners =
        api()
            .filter(ArchitectureTest::mentionsSegments)
            .map(member -> member.getOwner().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    owners.removeAll(
        Set.of("Codec", "ArenaMemory", "EntryCursor", "RawMap", "Reservation", "SampleHandler"));
    assertEquals(Set.of(), owners);
  }

  @Test
  void publicSignaturesNameNoInternalType() {
    Set<String> leaks =
        api()
            .filter(member -> named(member).anyMatch(ArchitectureTest::isInternal))
            .map(JavaMember::getFullName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), leaks);
  }

  /** What users of the module can name: public and protected members of public exported types. */
  private static Stream<JavaMember> api() {
    return MAIN.stream()
        .filter(type -> EXPORTED.contains(type.getPackageName()) && isApi(type.getModifiers()))
        .flatMap(type -> type.getMembers().stream())
        .filter(member -> isApi(member.getModifiers()));
  }

  private static boolean isApi(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static boolean mentionsSegments(JavaMember member) {
    return named(member).anyMatch(type -> type.isEquivalentTo(MemorySegment.class));
  }

  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().startsWith(ROOT) && !EXPORTED.contains(type.getPackageName());
  }

  private static Stream<JavaClass> named(JavaMember member) {
    return switch (member) {
      case JavaField field -> field.getType().getAllInvolvedRawTypes().stream();
      case JavaCodeUnit code ->
          Stream.concat(
              code.getReturnType().getAllInvolvedRawTypes().stream(),
              code.getParameterTypes().stream()
                  .flatMap(type -> type.getAllInvolvedRawTypes().stream()));
      default -> throw new AssertionError(member);
    };
  }

  private static void check(ArchRule rule) {
    rule.check(MAIN);
  }
}
