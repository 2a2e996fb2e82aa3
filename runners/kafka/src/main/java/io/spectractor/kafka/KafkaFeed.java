package io.spectractor.kafka;

import io.spectractor.batch.plan.InputFile;
import io.spectractor.batch.watch.ImageFeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images that the messages of a topic name, from the first message on. A message is sent when its image is complete: there is
 * nothing to wait for. What is no such message is said and passed over. Kafka's client comes back by itself when its broker
 * does.
 */
final class KafkaFeed implements ImageFeed {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaFeed.class);
    private static final long POLL_MS = 200;
    private static final int LONGEST_QUOTE = 80;

    private final KafkaPlace place;
    private final Consumer<String> messages;
    private final TopicReader reader;
    private final BlockingQueue<List<InputFile>> images = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean atEnd;

    KafkaFeed(KafkaPlace place, Consumer<String> messages) {
        this.place = place;
        this.messages = messages;
        this.reader = new TopicReader(place);
        this.thread = new Thread(this::read, "spectractor-kafka");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        boolean lost = false;
        try (reader) {
            while (!closed) {
                try {
                    List<ConsumerRecord<String, String>> records = reader.poll(POLL_MS);
                    take(records);
                    // asks the broker, and so notices that it is away
                    atEnd = records.isEmpty() && reader.isAtEnd();
                    if (lost) {
                        messages.accept(place + " answers again");
                    }
                    lost = false;
                } catch (RuntimeException e) {
                    if (!(e instanceof KafkaException)) {
                        LOG.warn("{} cannot be read", place, e);
                    }
                    if (!lost && !closed) {
                        messages.accept(place + ": " + KafkaBroker.reason(e) + "; waiting for it to come back");
                    }
                    lost = true;
                    atEnd = true;
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An image that several of the messages name is taken once. */
    private void take(List<ConsumerRecord<String, String>> records) {
        Map<String, InputFile> named = new LinkedHashMap<>();
        for (ConsumerRecord<String, String> record : records) {
            try {
                InputFile image = ImageMessage.image(record.value());
                named.put(image.path().toString(), image);
            } catch (RuntimeException e) {
                // whatever a message says, those after it are read: a path of HDFS may name a host that there is not
                messages.accept("message " + record.offset() + " of partition " + record.partition() + " of " + place
                        + " is passed over: " + e.getMessage() + " (" + quote(record.value()) + ")");
            }
        }
        if (!named.isEmpty()) {
            atEnd = false;
            images.add(new ArrayList<>(named.values()));
        }
    }

    private static String quote(@Nullable String text) {
        String line = String.valueOf(text).replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "..." : line;
    }

    @Override
    public @Nullable List<InputFile> poll(long milliseconds) throws InterruptedException {
        return images.poll(milliseconds, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean quiet() {
        return atEnd && images.isEmpty();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
