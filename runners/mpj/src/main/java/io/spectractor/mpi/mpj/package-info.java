/** Worlds of ranks on MPJ Express 0.44, the only place that knows it. */
@org.jspecify.annotations.NullMarked
package io.spectractor.mpi.mpj;
