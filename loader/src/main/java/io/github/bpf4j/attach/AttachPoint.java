package io.github.bpf4j.attach;

/**
 * Where and how a program attaches: plain data, one type for each kind of hook. {@code
 * BpfProgram.attach} does the work.
 */
public sealed interface AttachPoint
    permits CgroupAttachPoint,
        FreplaceAttachPoint,
        IterAttachPoint,
        KprobeAttachPoint,
        KprobeMultiAttachPoint,
        KsyscallAttachPoint,
        NetfilterAttachPoint,
        NetkitAttachPoint,
        NetnsAttachPoint,
        PerfEventAttachPoint,
        RawTracepointAttachPoint,
        SocketAttachPoint,
        SockmapAttachPoint,
        TcAttachPoint,
        TcxAttachPoint,
        TracepointAttachPoint,
        TracingAttachPoint,
        UprobeAttachPoint,
        UprobeMultiAttachPoint,
        UsdtAttachPoint,
        XdpAttachPoint {}
