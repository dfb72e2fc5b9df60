package io.github.bpf4j.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody else, who attaches programs with the tools of iproute2. Those leave folders in the bpf
 * file system whenever they load an object: they get one of their own, which ends with them.
 */
public final class Iproute2 {
  private static final String OWN_BPFFS = "mount -t bpf bpf /sys/fs/bpf && exec \"$@\"";

  private Iproute2() {}

  /**
   * Attaches a program named {@code foreign} where there is none.
   *
   * @param mode {@code xdpdrv} or {@code xdpgeneric}
   */
  public static void attachXdp(String device, String mode) {
    run("ip", "link", "set", "dev", device, mode, "obj", foreign(), "sec", "xdp");
  }

  /** Attaches it whether or not there is another. */
  public static void replaceXdp(String device, String mode) {
    run("ip", "-force", "link", "set", "dev", device, mode, "obj", foreign(), "sec", "xdp");
  }

  /**
   * Attaches a program named {@code first} to what a device receives.
   *
   * @param verb {@code add} or {@code replace}
   */
  public static void filter(String verb, String device, String priority, String handle) {
    run(
        ("tc filter " + verb + " dev " + device + " ingress prio " + priority + " handle " + handle)
            .concat(" bpf da obj " + TestObjects.file("tc") + " program first")
            .split(" ", -1));
  }

  private static String foreign() {
    return TestObjects.file("foreign_xdp").toString();
  }

  private static void run(String... command) {
    List<String> alone =
        new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", OWN_BPFFS, "sh"));
    alone.addAll(List.of(command));
    Commands.run(alone.toArray(String[]::new));
  }
}
