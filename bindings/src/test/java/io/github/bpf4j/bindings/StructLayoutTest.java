package io.github.bpf4j.bindings;

import static io.github.bpf4j.bindings.AllowList.Kind.STRUCT;
import static io.github.bpf4j.bindings.AllowList.Kind.UNION;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bpf4j.bindings.CHeaders.Measure;
import java.lang.foreign.GroupLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The layouts are those of the C compiler. Its headers may be older than those that the bindings
 * were generated from: then what both know must agree, since the kernel and libbpf only ever append
 * to a struct. {@code -Dbpf4j.headers=DIR} takes other headers than the machine's; all must be in
 * them.
 */
class StructLayoutTest {
  private static final String HEADERS = System.getProperty("bpf4j.headers");

  // A little below the 60 and 412 that libbpf 1.1 and Linux 6.1 have: fewer, and the test is blind.
  private static final int FEWEST_TYPES = 55;
  private static final int FEWEST_MEMBERS = 380;

  @Test
  void layoutsAreThoseOfTheCompiler() throws Exception {
    CHeaders headers = CHeaders.ofThisMachine(HEADERS, Path.of("target/struct-layouts"));
    Requirement.require(headers.areUsable(), "no C compiler, or no headers of libbpf and Linux");
    compare(headers, places());
  }

  // Only x86 packs epoll_event, for the sake of its 32-bit programs: the loader, which uses it,
  // knows both of its sizes.
  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64"})
  void layoutsAreThoseOfOtherArchitectures(String architecture) throws Exception {
    CHeaders headers =
        CHeaders.of(architecture, Path.of("target/struct-layouts-of-" + architecture));
    assumeTrue(headers.areUsable(), "no compiler for " + architecture + ", or not its headers");
    compare(
        headers,
        places().stream().filter(place -> !place.type().equals("struct epoll_event")).toList());
  }

  private static void compare(CHeaders headers, List<Place> places) throws Exception {
    Map<Place, Measure> measures = headers.measure(places);
    List<Place> missing = places.stream().filter(place -> !measures.containsKey(place)).toList();
    reportAndCheckCoverage(measures.keySet(), missing);

    List<String> wrong = new ArrayList<>();
    measures.forEach(
        (place, measure) -> {
          // A type of which the headers lack a member may be smaller there than here.
          boolean grown = missing.stream().anyMatch(later -> later.isWithin(place));
          boolean sizeAgrees =
              grown ? measure.size() <= place.size() : measure.size() == place.size();
          if (!sizeAgrees || measure.offset() != place.offset()) {
            wrong.add(place + ": " + measure + " in C");
          }
        });
    assertEquals(List.of(), wrong);
  }

  private static List<Place> places() throws ReflectiveOperationException {
    List<Place> places = new ArrayList<>();
    for (AllowList list : AllowList.values()) {
      for (String name : list.names(STRUCT)) {
        places.addAll(Place.allOf("struct " + name, layoutOf(name)));
      }
      for (String name : list.names(UNION)) {
        places.addAll(Place.allOf("union " + name, layoutOf(name)));
      }
    }
    return places;
  }

  private static GroupLayout layoutOf(String name) throws ReflectiveOperationException {
    return (GroupLayout) AllowList.generated(name).getMethod("layout").invoke(null);
  }

  private static void reportAndCheckCoverage(Set<Place> compared, List<Place> missing) {
    long types = compared.stream().filter(Place::isType).count();
    long members = compared.size() - types;
    System.out.printf(
        "compared %d structs and unions and %d members with %s; %d are not there%n",
        types, members, HEADERS == null ? "the machine's headers" : HEADERS, missing.size());
    missing.stream()
        .collect(groupingBy(Place::type, TreeMap::new, mapping(Place::path, joining(" "))))
        .forEach((type, paths) -> System.out.println(type + ": " + paths.strip()));
    if (HEADERS == null) {
      assertTrue(types >= FEWEST_TYPES, types + " structs and unions compared");
      assertTrue(members >= FEWEST_MEMBERS, members + " members compared");
    } else {
      assertEquals(List.of(), missing);
    }
  }
}
