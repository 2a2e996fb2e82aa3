/** What a rank does from its start to its end. */
@org.jspecify.annotations.NullMarked
package io.spectractor.mpi.rank;
