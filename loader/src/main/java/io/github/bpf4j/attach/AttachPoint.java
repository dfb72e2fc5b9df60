package io.github.bpf4j.attach;

/**
 * Where and how a program attaches: plain data, one type for each kind of hook. {@code
 * BpfProgram.attach} does the work.
 */
public sealed interface AttachPoint
    permits FreplaceAttachPoint,
        KprobeAttachPoint,
        KprobeMultiAttachPoint,
        KsyscallAttachPoint,
        NetkitAttachPoint,
        RawTracepointAttachPoint,
        TcAttachPoint,
        TcxAttachPoint,
        TracepointAttachPoint,
        TracingAttachPoint,
        UprobeAttachPoint,
        UprobeMultiAttachPoint,
        UsdtAttachPoint,
        XdpAttachPoint {}
