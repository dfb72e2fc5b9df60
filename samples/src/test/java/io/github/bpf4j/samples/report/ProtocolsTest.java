package io.github.bpf4j.samples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProtocolsTest {
  @ParameterizedTest
  @CsvSource({
    "0, HOPOPT",
    "1, ICMP",
    "2, IGMP",
    "4, IPv4",
    "6, TCP",
    "17, UDP",
    "41, IPv6",
    "47, GRE",
    "50, ESP",
    "51, AH",
    "58, IPv6-ICMP",
    "89, OSPFIGP",
    "103, PIM",
    "112, VRRP",
    "115, L2TP",
    "132, SCTP",
    "136, UDPLite",
    "255, Reserved"
  })
  void namesAreThoseOfIana(int protocol, String name) {
    assertEquals(name, Protocols.name(protocol));
  }

  @Test
  void whatIanaLeavesOpenIsUnassigned() {
    for (int protocol = 148; protocol <= 252; protocol++) {
      assertEquals("Unassigned", Protocols.name(protocol), "protocol " + protocol);
    }
  }

  @Test
  void allOthersHaveNamesOfTheirOwn() {
    Set<String> seen = new HashSet<>();
    for (int protocol = 0; protocol < 256; protocol++) {
      String name = Protocols.name(protocol);
      assertFalse(name.isBlank(), "protocol " + protocol);
      assertTrue(name.equals("Unassigned") || seen.add(name), "twice: " + name);
    }
  }

  @Test
  void peopleReadThatZeroIsNotIp() {
    assertEquals("not IP", Protocols.label(0));
    assertEquals("UDP", Protocols.label(17));
  }
}
