/** The MPI scheduler: starts worlds of ranks, watches them, and starts them anew when one breaks. */
@org.jspecify.annotations.NullMarked
package io.spectractor.mpi;
