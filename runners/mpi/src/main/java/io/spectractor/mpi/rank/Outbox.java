package io.spectractor.mpi.rank;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.mpi.world.WorldException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a rank has to say, sent in its order by a thread of its own: on busy cores a worker that sends loses its turn to
 * those whom the message wakes, which costs it more than the message does. Safe for threads.
 */
final class Outbox {
    private static final long LOOK_EVERY_MS = 50;

    private final Sender sender;
    private final Supplier<@Nullable String> broken;
    private final BlockingQueue<Message> waiting = new LinkedBlockingQueue<>();
    private final Object counting = new Object();
    private long posted;
    private long sent;
    private @Nullable WorldException failure;

    /** Sends one message. */
    @FunctionalInterface
    interface Sender {
        void send(Message message) throws WorldException;
    }

    /**
     * An outbox.
     *
     * @param sender may block for ever, as the libraries beneath do when a rank is lost
     * @param broken why the world is broken, or null
     */
    Outbox(Sender sender, Supplier<@Nullable String> broken) {
        this.sender = sender;
        this.broken = broken;
        Thread thread = new Thread(this::sendAll, "spectractor-outbox");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Has the message sent, and does not wait for it.
     *
     * @throws WorldException if an earlier one could not be sent
     */
    void post(Message message) throws WorldException {
        synchronized (counting) {
            check();
            posted++;
            waiting.add(message);
        }
    }

    /**
     * Waits until all that was posted so far is sent.
     *
     * @throws WorldException if it could not be sent, or the world broke meanwhile
     */
    void flush() throws WorldException {
        synchronized (counting) {
            long mine = posted;
            while (sent < mine) {
                check();
                String why = broken.get();
                if (why != null) {
                    throw new WorldException(why);
                }
                try {
                    TimeUnit.MILLISECONDS.timedWait(counting, LOOK_EVERY_MS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new WorldException("interrupted while sending", e);
                }
            }
        }
    }

    /**
     * Does nothing as long as messages go out.
     *
     * @throws WorldException if one could not be sent
     */
    void check() throws WorldException {
        synchronized (counting) {
            if (failure != null) {
                throw new WorldException(String.valueOf(failure.getMessage()), failure);
            }
        }
    }

    private void sendAll() {
        try {
            // loads what writes results, a tenth of a second or more, before a worker has to wait for it
            Message.finished(0, 0, ImageResult.notTried("", "", ImageStatus.DONE, null))
                    .toBytes();
            while (true) {
                sender.send(waiting.take());
                synchronized (counting) {
                    sent++;
                    counting.notifyAll();
                }
            }
        } catch (WorldException e) {
            fail(e);
        } catch (InterruptedException | RuntimeException e) {
            fail(new WorldException("a message could not be sent: " + e, e));
        }
    }

    private void fail(WorldException e) {
        synchronized (counting) {
            failure = e;
            counting.notifyAll();
        }
    }
}
