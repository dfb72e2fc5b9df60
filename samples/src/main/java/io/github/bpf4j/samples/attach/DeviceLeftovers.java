package io.github.bpf4j.samples.attach;

import io.github.bpf4j.Devices;
import io.github.bpf4j.Tc;
import io.github.bpf4j.Xdp;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.DeviceState;
import io.github.bpf4j.net.NetworkDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What killed processes left on the devices of the calling thread's network namespace. */
final class DeviceLeftovers {
  private final List<Leftover> found = new ArrayList<>();
  private final Optional<String> namespace;

  private DeviceLeftovers(Optional<String> namespace) {
    this.namespace = namespace;
  }

  /**
   * Looks for them.
   *
   * @param namespace a name of the namespace, where it is not the caller's own
   */
  static List<Leftover> find(Optional<String> namespace) {
    DeviceLeftovers leftovers = new DeviceLeftovers(namespace);
    Devices.queryAll().forEach(leftovers::look);
    return leftovers.found;
  }

  private void look(DeviceState state) {
    NetworkDevice device = state.device();
    state
        .xdp()
        .forEach(
            each ->
                add(
                    device,
                    each.program(),
                    each.describe(),
                    json -> AttachedJson.xdp(json, each),
                    () -> Xdp.detach(each)));
    state
        .tc()
        .forEach(
            each ->
                add(
                    device,
                    each.program(),
                    each.describe(),
                    json -> AttachedJson.tc(json, each),
                    () -> Tc.detach(each)));
    state
        .shared()
        .forEach(
            (hook, programs) ->
                programs
                    .programs()
                    .forEach(
                        program ->
                            add(
                                device,
                                program,
                                program.describe(AttachedJson.kind(hook), "the device"),
                                json -> AttachedJson.shared(json, hook, program),
                                () -> Devices.detach(device, hook, program))));
  }

  private void add(
      NetworkDevice device,
      AttachedProgram program,
      String description,
      Leftover.Fields fields,
      BooleanSupplier removal) {
    if (!Leftover.isOnHook(program)) {
      return;
    }
    found.add(
        new Leftover(
            description
                + " from "
                + device
                + namespace.map(name -> " of network namespace " + name).orElse(""),
            json -> {
              AttachedJson.device(json, device);
              if (namespace.isPresent()) {
                json.writeStringField("netns", namespace.get());
              }
              fields.write(json);
            },
            Leftover.heldBy(program),
            removal));
  }
}
