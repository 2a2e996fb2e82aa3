package io.spectractor.mpi.rank;

import io.spectractor.mpi.hub.HubClient;
import io.spectractor.mpi.world.World;
import io.spectractor.mpi.world.WorldException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Rank 0: hands out images on request, gathers what all ranks report and passes it on to the hub, and lets them go when
 * all have nothing more to do. It is also the work source of its own workers.
 */
final class Coordinator implements WorkSource {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final World world;
    private final HubClient line;
    private final Distribution distribution;
    private final TaskQueue queue;
    private final Queue<RankTask> share;
    private final Outbox outbox;
    private final Set<Integer> left = new HashSet<>();

    Coordinator(World world, HubClient line, RankSpec order) {
        this.world = world;
        this.line = line;
        this.distribution = order.distribution();
        this.queue = new TaskQueue(order.tasks());
        this.share = new ArrayDeque<>(StaticShare.of(order.tasks(), 0, world.size()));
        this.outbox = new Outbox(message -> line.report(message.toBytes()), line::broken);
    }

    /** Whether rank 0 does images too. */
    boolean works() {
        return distribution.rankZeroWorks(world.size());
    }

    /** Nobody to ask. */
    @Override
    public void ask() {}

    @Override
    public @Nullable RankTask take() {
        return distribution == Distribution.STATIC ? nextOf(share) : handOut();
    }

    private synchronized @Nullable RankTask nextOf(Queue<RankTask> tasks) {
        return line.stopRequested() ? null : tasks.poll();
    }

    private synchronized @Nullable RankTask handOut() {
        return line.stopRequested() ? null : queue.next();
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    /**
     * Serves the others until all have left and the own workers are done.
     *
     * @param ownDone whether the workers of rank 0 have nothing more to do
     * @throws WorldException if the world is broken
     */
    void serve(BooleanSupplier ownDone) throws WorldException {
        while (left.size() < world.size() - 1 || !ownDone.getAsBoolean()) {
            String why = line.broken();
            if (why != null) {
                throw new WorldException(why);
            }
            World.Envelope envelope = world.receive(LOOK_EVERY);
            if (envelope != null) {
                handle(envelope.from(), envelope.bytes());
            }
        }
        byte[] goodbye = Message.of(Message.Kind.GOODBYE, 0).toBytes();
        for (int rank = 1; rank < world.size(); rank++) {
            world.send(rank, goodbye);
        }
    }

    private void handle(int from, byte[] bytes) throws WorldException {
        Message message;
        try {
            message = Message.fromBytes(bytes);
        } catch (IOException e) {
            throw new WorldException("rank " + from + " sent a malformed message", e);
        }
        switch (message.kind()) {
            case REQUEST -> answer(from);
            case LEAVING -> left.add(from);
            default -> line.report(bytes);
        }
    }

    private void answer(int rank) throws WorldException {
        RankTask task = handOut();
        Message answer = task == null
                ? Message.of(Message.Kind.NO_MORE, 0)
                : Message.task(task.item().index());
        world.send(rank, answer.toBytes());
    }
}
