/**
 * How each kind of hook attaches, detaches, and says what is there: a file per hook. Not exported;
 * {@code BpfProgram.attach} comes here.
 */
package io.github.bpf4j.hook;
