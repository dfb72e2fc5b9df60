/** Maps: the raw operations, and typed views on top of them. */
package io.github.bpf4j.map;
