package io.github.bpf4j.bench;

/** What is measured. */
enum Quantity {
  TIME("time", ""),
  RATE("rate", ""),
  WALL("wall time", "ms"),
  CORE("of a core", "%"),
  CPU("CPU time", "ms"),
  MEMORY("resident at most", "MiB"),
  ALLOCATED("allocated", "B/op"),
  PACKETS("packets", "Mpkt/s"),
  COUNTED("counted of those sent", "%"),
  GROWTH("growth of the resident set", "MiB");

  final String label;
  final String unit;

  Quantity(String label, String unit) {
    this.label = label;
    this.unit = unit;
  }
}
