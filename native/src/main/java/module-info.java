// Holds no classes, only BPF objects, as resources below bpf/.
open module io.github.bpf4j.programs {}
