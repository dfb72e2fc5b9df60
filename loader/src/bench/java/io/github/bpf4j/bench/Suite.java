package io.github.bpf4j.bench;

import java.util.List;

/** Contests about one thing. */
interface Suite extends AutoCloseable {
  /** The word of the command line, and of the files. */
  String name();

  /** The heading of its section. */
  String title();

  /** What a reader has to know: what is measured, and how. */
  String about();

  List<Contest> contests() throws Exception;

  int rounds();

  @Override
  default void close() {}
}
