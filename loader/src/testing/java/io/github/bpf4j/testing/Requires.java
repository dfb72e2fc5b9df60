package io.github.bpf4j.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of what not all kernels have. Skipped on a kernel that lacks a feature, with its name and
 * what it takes; failed, not skipped, when the kernel is new enough and configured to have it and
 * nothing but our own code can be to blame.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FeatureCondition.class)
public @interface Requires {
  KernelFeature[] value();
}
