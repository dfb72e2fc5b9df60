package io.github.bpf4j.codec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name in C of a record component or of an enum constant, where Java's is another one.
 *
 * <pre>{@code
 * record Tuple(@CName("saddr") Inet4Address source, …)
 * enum State { @CName("TCP_ESTABLISHED") ESTABLISHED, … }
 * }</pre>
 */
@Documented
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface CName {
  /** The name in C. */
  String value();
}
