/** A group of ranks that send each other messages, whatever library carries them. */
@org.jspecify.annotations.NullMarked
package io.spectractor.mpi.world;
