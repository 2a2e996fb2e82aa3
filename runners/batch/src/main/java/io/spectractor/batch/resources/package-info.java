/** What the processes of a run take of their machines: sampled, kept in the run folder, and read back. */
@org.jspecify.annotations.NullMarked
package io.spectractor.batch.resources;
