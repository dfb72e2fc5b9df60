package io.github.bpf4j.attach;

/**
 * A place in the order of the programs that share a hook: {@code BPF_F_BEFORE} and {@code
 * BPF_F_AFTER} of {@code linux/bpf.h} (kernel 6.6 for TCX, 6.7 for netkit, 6.17 for cgroups).
 *
 * <pre>
 *     first()                                       last()
 *        ▼                                             ▼
 *          [ program 17 ] ──▶ [ program 21, link 4 ]
 *                            ▲                     ▲
 *                    afterProgram(17)          afterLink(4)
 *                    beforeLink(4)
 * </pre>
 *
 * <p>Attaching next to a program or link that is not on the hook fails.
 *
 * @param side on which side of it
 * @param neighbor what {@code id} is the id of
 * @param id 0 when there is no neighbour
 */
public record Position(Side side, Neighbor neighbor, int id) {
  /** Before or after. */
  public enum Side {
    BEFORE,
    AFTER
  }

  /** What a place is next to. */
  public enum Neighbor {
    /** Nothing: the place is at an end. */
    NONE,
    PROGRAM,
    LINK
  }

  /** Before all others. */
  public static Position first() {
    return new Position(Side.BEFORE, Neighbor.NONE, 0);
  }

  /** After all others; the kernel's own choice. */
  public static Position last() {
    return new Position(Side.AFTER, Neighbor.NONE, 0);
  }

  /** Right before the program of that id. */
  public static Position beforeProgram(int programId) {
    return new Position(Side.BEFORE, Neighbor.PROGRAM, programId);
  }

  /** Right after the program of that id. */
  public static Position afterProgram(int programId) {
    return new Position(Side.AFTER, Neighbor.PROGRAM, programId);
  }

  /** Right before the program that a link holds. */
  public static Position beforeLink(int linkId) {
    return new Position(Side.BEFORE, Neighbor.LINK, linkId);
  }

  /** Right after the program that a link holds. */
  public static Position afterLink(int linkId) {
    return new Position(Side.AFTER, Neighbor.LINK, linkId);
  }

  /** Such as {@code "before program 17"} or {@code "last"}. */
  @Override
  public String toString() {
    if (neighbor == Neighbor.NONE) {
      return side == Side.BEFORE ? "first" : "last";
    }
    String where = side == Side.BEFORE ? "before " : "after ";
    return where + (neighbor == Neighbor.LINK ? "link " : "program ") + id;
  }
}
