/** The atmosphere of a night and the throughput of its instruments, from all spectra of the night at once. */
@org.jspecify.annotations.NullMarked
package io.spectractor.core.night;
