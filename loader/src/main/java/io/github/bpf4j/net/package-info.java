/**
 * Where programs of the network attach: devices and network namespaces.
 *
 * <p>Linux looks devices up in the network namespace of the calling <em>thread</em>. {@link
 * io.github.bpf4j.net.NetworkNamespace#call} is the way into another one.
 */
package io.github.bpf4j.net;
