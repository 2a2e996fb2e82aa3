/** The comparison of the schedulers: the same files through each, timed and taken apart. */
@org.jspecify.annotations.NullMarked
package io.spectractor.bench.compare;
