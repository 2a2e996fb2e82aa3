/** A run: its folder, journal, lock, worker and life cycle, independent of the scheduler. */
@org.jspecify.annotations.NullMarked
package io.spectractor.batch.run;
