package io.github.bpf4j.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that load real BPF programs into this machine's kernel. Without the privileges they are
 * skipped and say which one is missing; with {@code BPF4J_REQUIRE_KERNEL=1} they fail instead.
 * Whatever a test leaves behind (a BPF file descriptor, a network namespace) fails it.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("kernel")
@ExtendWith({KernelCondition.class, LeakCheck.class})
public @interface KernelTest {}
