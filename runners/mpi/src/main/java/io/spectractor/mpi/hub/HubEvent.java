package io.spectractor.mpi.hub;

/** What a hub has to tell of its ranks. */
public sealed interface HubEvent {
    /** Which rank. */
    int rank();

    /**
     * A rank came.
     *
     * @param rank which
     * @param pid its process
     * @param host its host
     */
    record Joined(int rank, long pid, String host) implements HubEvent {}

    /**
     * A rank reports.
     *
     * @param rank which
     * @param content what; not copied, nobody may change it
     */
    record Reported(int rank, byte[] content) implements HubEvent {}

    /**
     * A rank got a signal to end.
     *
     * @param rank which
     */
    record Signalled(int rank) implements HubEvent {}

    /**
     * A rank left in order.
     *
     * @param rank which
     */
    record Left(int rank) implements HubEvent {}

    /**
     * A rank is gone without a word, or said that it cannot go on.
     *
     * @param rank which
     * @param why for people
     */
    record Lost(int rank, String why) implements HubEvent {}
}
