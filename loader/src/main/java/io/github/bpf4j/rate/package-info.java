/**
 * Rates from counters.
 *
 * <pre>{@code
 * RateSampler sampler = new RateSampler(object.map("rxcnt").counters());
 * Thread.sleep(1000);
 * sampler.sample();
 * double tcpPacketsPerSecond = sampler.perSecond(6);
 * }</pre>
 */
package io.github.bpf4j.rate;
