package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.OpenBpfObject;
import io.github.bpf4j.OpenBpfProgram;
import io.github.bpf4j.OpenOptions;
import io.github.bpf4j.OpenOptions.Legacy;
import io.github.bpf4j.XdpWatch;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.attach.ProgramChoice;
import io.github.bpf4j.samples.attach.Refusal;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.PackagedObjects;
import io.github.bpf4j.samples.report.Target;

/** A counting program on an interface: loaded, attached, sampled, detached. */
public final class Xdp1Session implements AutoCloseable {
  private final BpfObject object;
  private final BpfLink link;
  private final RateSampler rates;
  private final Target target;
  private final XdpWatch watch;

  private Xdp1Session(
      BpfObject object, XdpWatch watch, BpfLink link, RateSampler rates, Target target) {
    this.object = object;
    this.watch = watch;
    this.link = link;
    this.rates = rates;
    this.target = target;
  }

  /** Loads and attaches; nothing is left behind when it fails. */
  public static Xdp1Session start(Xdp1Options options, NetworkDevice device) {
    XdpWatch watch = new XdpWatch(device);
    try {
      return start(options, device, watch);
    } catch (BpfException e) {
      watch.close();
      throw refusal(e, options, device);
    } catch (RuntimeException | Error e) {
      watch.close();
      throw e;
    }
  }

  private static Xdp1Session start(Xdp1Options options, NetworkDevice device, XdpWatch watch) {
    try (OpenBpfObject open = open(options)) {
      OpenBpfProgram program = ProgramChoice.of(open, options.program(), null, "--program");
      open.programs().forEach(other -> other.autoload(other == program));
      if (options.mode() == XdpMode.HW) {
        open.offloadTo(device);
      }
      return attach(open.load(), program.name(), options, device, watch);
    }
  }

  private static RuntimeException refusal(
      BpfException refused, Xdp1Options options, NetworkDevice device) {
    if (options.legacy() == Legacy.REFUSE && refused.operation().equals("open")) {
      return new CommandFailedException(
          refused.sentence("without --no-upgrade an object of before libbpf 1.0 is upgraded"),
          refused);
    }
    return Refusal.of(
        refused,
        new Refusal.Attempt(
            device, options.mode(), options.link(), Xdp1Options::modeOption, "count"));
  }

  private static OpenBpfObject open(Xdp1Options options) {
    return options.object() == null
        ? PackagedObjects.open("xdp1_kern")
        : BpfObject.open(options.object(), OpenOptions.defaults().legacy(options.legacy()));
  }

  private static Xdp1Session attach(
      BpfObject object,
      String programName,
      Xdp1Options options,
      NetworkDevice device,
      XdpWatch watch) {
    try {
      BpfProgram program = object.program(programName);
      Target target = new Target(device, options.mode(), program.info().id());
      RateSampler rates = new RateSampler(Choice.map(object, options.map()).counters());
      XdpAttachPoint point =
          XdpAttachPoint.on(device)
              .mode(options.mode())
              .via(options.link() ? Via.LINK : Via.NETLINK);
      BpfLink link = program.attach(options.force() ? point.replacingAny() : point);
      // Attaching takes its time, in which nothing is counted before the program is there.
      rates.restart();
      return new Xdp1Session(object, watch, link, rates, target);
    } catch (RuntimeException | Error e) {
      object.close();
      throw e;
    }
  }

  /** What is reported about. */
  public Target target() {
    return target;
  }

  /** The counters. */
  public RateSampler rates() {
    return rates;
  }

  /**
   * Makes sure that the program still is where it was put.
   *
   * @throws CommandFailedException says what became of it
   */
  public void requireAttached() {
    if (!watch.look() || watch.programId(target.mode()) != target.programId()) {
      throw new CommandFailedException(Whereabouts.of(target));
    }
  }

  /** Detaches, if the program is still there; from any thread. */
  void detach() {
    link.close();
  }

  /** Detaches, if the program is still there, and unloads. */
  @Override
  public void close() {
    try (object;
        watch) {
      link.close();
    }
  }
}
