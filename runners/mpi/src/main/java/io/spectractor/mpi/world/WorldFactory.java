package io.spectractor.mpi.world;

import java.util.List;

/** Joins worlds with the help of one MPI library. Found by {@link java.util.ServiceLoader}. */
public interface WorldFactory {
    /**
     * Joins the world whose ranks meet at a {@code PortExchange}. May block for ever if a rank does not come.
     *
     * @param rank which rank this process is
     * @param size how many ranks there are
     * @param exchangeHost where the ranks meet
     * @param exchangePort its port
     * @throws WorldException if it cannot be joined
     */
    World join(int rank, int size, String exchangeHost, int exchangePort) throws WorldException;

    /**
     * Joins the world of the library's own starter, which put arguments of its own before ours.
     *
     * @param args all arguments of the command line
     * @throws WorldException if it cannot be joined
     */
    Started join(List<String> args) throws WorldException;

    /**
     * A world that the library's own starter made.
     *
     * @param world the world
     * @param args our arguments on the command line
     */
    record Started(World world, List<String> args) {}
}
