package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.uapi_h;

/** How a program joins those that are on a hook: {@code BPF_F_*} of {@code linux/bpf.h}. */
public final class AttachFlags {
  public static final int NONE = 0;
  public static final int ALLOW_OVERRIDE = uapi_h.BPF_F_ALLOW_OVERRIDE();
  public static final int ALLOW_MULTI = uapi_h.BPF_F_ALLOW_MULTI();
  public static final int REPLACE = uapi_h.BPF_F_REPLACE();
  public static final int BEFORE = uapi_h.BPF_F_BEFORE();
  public static final int AFTER = uapi_h.BPF_F_AFTER();
  public static final int ID = uapi_h.BPF_F_ID();
  public static final int LINK = uapi_h.BPF_F_LINK();
  public static final int QUERY_EFFECTIVE = uapi_h.BPF_F_QUERY_EFFECTIVE();

  private AttachFlags() {}
}
