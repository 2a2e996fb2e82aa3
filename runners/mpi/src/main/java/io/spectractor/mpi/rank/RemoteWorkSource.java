package io.spectractor.mpi.rank;

import io.spectractor.mpi.hub.HubClient;
import io.spectractor.mpi.hub.Timeouts;
import io.spectractor.mpi.world.World;
import io.spectractor.mpi.world.WorldException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The work source of a rank that is not rank 0: its images come from its own share or from rank 0, its reports go there. */
final class RemoteWorkSource implements WorkSource {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final World world;
    private final HubClient line;
    private final Timeouts limits;
    private final boolean asks;
    private final Queue<RankTask> share;
    private final Map<Integer, RankTask> byIndex = new HashMap<>();
    private final Outbox outbox;

    RemoteWorkSource(World world, HubClient line, Timeouts limits, RankSpec order) {
        this.world = world;
        this.line = line;
        this.limits = limits;
        this.asks = order.distribution() == Distribution.DYNAMIC;
        this.share = new ArrayDeque<>(
                asks ? java.util.List.of() : StaticShare.of(order.tasks(), world.rank(), world.size()));
        order.tasks().forEach(task -> byIndex.put(task.item().index(), task));
        this.outbox = new Outbox(this::send, line::broken);
    }

    /** That an image is begun goes the way on which a death shows, so that it comes before it: rank 0 may be slow. */
    private void send(Message message) throws WorldException {
        if (message.kind() == Message.Kind.STARTED) {
            line.report(message.toBytes());
        } else {
            world.send(0, message.toBytes());
        }
    }

    @Override
    public void ask() throws WorldException {
        if (asks) {
            outbox.post(Message.of(Message.Kind.REQUEST, world.rank()));
        }
    }

    /** Each worker takes as often as it asked, so that it does not matter whose answer it gets. */
    @Override
    public synchronized @Nullable RankTask take() throws WorldException {
        if (!asks) {
            return share.poll();
        }
        Message answer = await(limits.answer());
        return answer.kind() == Message.Kind.TASK ? byIndex.get(answer.index()) : null;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    /** Says that there is nothing more to do here, and waits until that is so everywhere. */
    void leave() throws WorldException {
        outbox.post(Message.of(Message.Kind.LEAVING, world.rank()));
        Message last;
        do {
            // others may work on; that the hub is there says that it makes sense to wait. After a stop there may be
            // answers
            // that no worker took
            last = await(null);
        } while (last.kind() != Message.Kind.GOODBYE);
    }

    private Message await(@Nullable Duration limit) throws WorldException {
        long end = limit == null ? 0 : System.nanoTime() + limit.toNanos();
        while (true) {
            World.Envelope envelope = world.receive(LOOK_EVERY);
            if (envelope != null) {
                return read(envelope);
            }
            outbox.check();
            String why = line.broken();
            if (why != null) {
                throw new WorldException(why);
            }
            if (limit != null && System.nanoTime() > end) {
                throw new WorldException("rank 0 does not answer");
            }
        }
    }

    private static Message read(World.Envelope envelope) throws WorldException {
        try {
            return Message.fromBytes(envelope.bytes());
        } catch (IOException e) {
            throw new WorldException("rank " + envelope.from() + " sent a malformed message", e);
        }
    }
}
