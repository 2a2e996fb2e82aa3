/** The control connections between the ranks of a world and the process that watches over them. */
@org.jspecify.annotations.NullMarked
package io.spectractor.mpi.hub;
