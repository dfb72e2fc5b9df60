package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.LinkInfo;
import io.github.bpf4j.uapi.LinkTarget;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a link is attached to, by bpftool's names: strings, numbers, truth values. */
final class LinkFields {
  private static final int NFPROTO_IPV4 = 2;
  private static final int NFPROTO_IPV6 = 10;

  private LinkFields() {}

  static Map<String, Object> of(LinkInfo link) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (link.target()) {
      case LinkTarget.Device device -> {
        fields.put("devname", name(device.ifindex()));
        fields.put("ifindex", device.ifindex());
        attachType(fields, device.attachType());
      }
      case LinkTarget.Cgroup cgroup -> {
        fields.put("cgroup_id", cgroup.id());
        attachType(fields, cgroup.attachType());
      }
      case LinkTarget.Netns netns -> {
        fields.put("netns_ino", netns.inode());
        attachType(fields, netns.attachType());
      }
      case LinkTarget.RawTracepoint point -> {
        fields.put("tp_name", point.name());
        cookie(fields, point.cookie());
      }
      case LinkTarget.Tracing tracing -> {
        BpfSystem.program(link.programId())
            .ifPresent(program -> fields.put("prog_type", Words.of(program.type())));
        attachType(fields, tracing.attachType());
        fields.put("target_obj_id", tracing.objectId());
        fields.put("target_btf_id", tracing.btfId());
        cookie(fields, tracing.cookie());
      }
      case LinkTarget.Iterator iterator -> {
        fields.put("target_name", iterator.target());
        if (iterator.mapId() != 0) {
          fields.put("map_id", iterator.mapId());
        }
      }
      case LinkTarget.StructOps ops -> fields.put("map_id", ops.mapId());
      case LinkTarget.Sockmap sockmap -> {
        fields.put("map_id", sockmap.mapId());
        attachType(fields, sockmap.attachType());
      }
      case LinkTarget.Netfilter netfilter -> netfilter(fields, netfilter);
      case LinkTarget.KprobeMulti multi -> {
        fields.put("retprobe", multi.returning());
        fields.put("func_cnt", multi.count());
        fields.put("missed", multi.missed());
      }
      case LinkTarget.UprobeMulti multi -> {
        fields.put("retprobe", multi.returning());
        fields.put("path", multi.path());
        fields.put("func_cnt", multi.count());
        fields.put("pid", multi.pid());
      }
      case LinkTarget.Kprobe kprobe -> {
        fields.put("retprobe", kprobe.returning());
        fields.put("addr", kprobe.address());
        fields.put("func", kprobe.function());
        fields.put("offset", kprobe.offset());
        fields.put("missed", kprobe.missed());
        cookie(fields, kprobe.cookie());
      }
      case LinkTarget.Uprobe uprobe -> {
        fields.put("retprobe", uprobe.returning());
        fields.put("file", uprobe.path());
        fields.put("offset", uprobe.offset());
        cookie(fields, uprobe.cookie());
      }
      case LinkTarget.Tracepoint tracepoint -> {
        fields.put("tracepoint", tracepoint.name());
        cookie(fields, tracepoint.cookie());
      }
      case LinkTarget.PerfEvent event -> {
        fields.put("event_type", event.type());
        fields.put("event_config", event.config());
        cookie(fields, event.cookie());
      }
      case LinkTarget.Unknown _ -> {}
    }
    return fields;
  }

  private static void netfilter(Map<String, Object> fields, LinkTarget.Netfilter netfilter) {
    fields.put(
        "pf",
        switch (netfilter.family()) {
          case NFPROTO_IPV4 -> "ip";
          case NFPROTO_IPV6 -> "ip6";
          default -> netfilter.family();
        });
    String[] hooks = {"prerouting", "input", "forward", "output", "postrouting"};
    int hook = netfilter.hook();
    fields.put("hook", hook >= 0 && hook < hooks.length ? hooks[hook] : hook);
    fields.put("prio", netfilter.priority());
    if (netfilter.flags() != 0) {
      fields.put("flags", netfilter.flags());
    }
  }

  private static void attachType(Map<String, Object> fields, BpfAttachType type) {
    fields.put("attach_type", Words.of(type));
  }

  private static void cookie(Map<String, Object> fields, long cookie) {
    if (cookie != 0) {
      fields.put("cookie", Long.toUnsignedString(cookie));
    }
  }

  // The index may be another network namespace's.
  private static String name(int ifindex) {
    if (ifindex == 0) {
      return "(detached)";
    }
    try {
      return NetworkDevice.of(ifindex).name();
    } catch (BpfException e) {
      return "(unknown)";
    }
  }
}
