/** Ways to start the processes of a world. */
@org.jspecify.annotations.NullMarked
package io.spectractor.mpi.start;
