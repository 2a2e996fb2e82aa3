package io.spectractor.kafka;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.watch.ArrivalEvent;
import io.spectractor.batch.watch.MessageBroker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in a topic what became of images, each spectrum once: the key of a message is the digest of its science content (of a
 * failure, that of the image's bytes). At the start the topic is read, and what stands there is not said again. Each message is a
 * transaction of a producer that is one for an output folder: a process that still thinks it is that producer is
 * shut out by the broker, and a transaction whose answer was lost is either seen when the topic is read again, or was never
 * there.
 *
 * <p>While the broker is away messages wait in memory; after a restart products that were kept are announced if they were not.
 */
final class KafkaAnnouncer implements MessageBroker.Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaAnnouncer.class);
    private static final int PATIENCE_MS = 10_000;
    private static final long PAUSE_MS = 1000;
    private static final long LAST_WAIT_S = 60;

    private final KafkaPlace place;
    private final String transactionalId;
    private final Consumer<String> messages;
    private final Set<String> said = new HashSet<>();
    private final LinkedBlockingDeque<Map.Entry<String, String>> waiting = new LinkedBlockingDeque<>();
    private final Thread thread;
    private volatile KafkaProducer<String, String> producer;
    private volatile boolean closing;
    private volatile boolean over;

    private KafkaAnnouncer(KafkaPlace place, String transactionalId, Consumer<String> messages) {
        this.place = place;
        this.transactionalId = transactionalId;
        this.messages = messages;
        this.producer = connect();
        this.thread = new Thread(this::send, "spectractor-announce");
    }

    static KafkaAnnouncer open(KafkaPlace place, String outputFolder, Consumer<String> messages) {
        String id = "spectractor-"
                + Hashes.sha256(place.topic() + "\n" + outputFolder).substring(0, 32);
        KafkaAnnouncer announcer = new KafkaAnnouncer(place, id, messages);
        announcer.thread.setDaemon(true);
        announcer.thread.start();
        return announcer;
    }

    /** A producer that has shut out the one before it, and knows what was said. */
    private KafkaProducer<String, String> connect() {
        Properties properties = place.properties();
        properties.put("transactional.id", transactionalId);
        properties.put("enable.idempotence", "true");
        properties.put("max.block.ms", PATIENCE_MS);
        properties.put("delivery.timeout.ms", PATIENCE_MS);
        properties.put("request.timeout.ms", PATIENCE_MS / 2);
        KafkaProducer<String, String> made =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
        try {
            made.initTransactions();
            // after that, for now nobody else can add to it
            try (TopicReader reader = new TopicReader(place)) {
                for (ConsumerRecord<String, String> record : reader.readToEnd()) {
                    if (record.key() != null) {
                        said.add(record.key());
                    }
                }
            }
            return made;
        } catch (RuntimeException e) {
            made.close(Duration.ZERO);
            throw e;
        }
    }

    @Override
    public void settled(ImageResult result, boolean again) {
        String key = result.scienceSha256() == null ? result.inputSha256() : result.scienceSha256();
        waiting.add(Map.entry(key == null ? result.name() : key, Json.line(ArrivalEvent.of(result, again))));
    }

    @Override
    public void kept(ImageResult result) {
        settled(result, false);
    }

    private void send() {
        boolean lost = false;
        while (!over && !(closing && waiting.isEmpty())) {
            Map.Entry<String, String> next = null;
            try {
                next = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (next != null && !said.contains(next.getKey())) {
                    if (lost) {
                        producer.close(Duration.ZERO);
                        producer = connect();
                        messages.accept(place + " answers again; what happened meanwhile is announced now");
                        lost = false;
                    }
                    if (!said.contains(next.getKey())) {
                        producer.beginTransaction();
                        Future<RecordMetadata> sent =
                                producer.send(new ProducerRecord<>(place.topic(), next.getKey(), next.getValue()));
                        producer.commitTransaction();
                        // which has waited for it, and has thrown what went wrong
                        LOG.debug("sent: {}", sent.isDone());
                        said.add(next.getKey());
                    }
                }
            } catch (ProducerFencedException e) {
                messages.accept(place + ": another process now announces for this output folder; this one has stopped");
                over = true;
            } catch (RuntimeException e) {
                if (isTooLarge(e)) {
                    messages.accept(place + " does not take the message on " + next + ", which is left out: "
                            + KafkaBroker.reason(e));
                } else {
                    waiting.addFirst(Objects.requireNonNull(next));
                }
                if (!(e instanceof KafkaException || e instanceof UsageException)) {
                    LOG.warn("{} is not told", place, e);
                }
                if (!lost) {
                    messages.accept(place + ": " + KafkaBroker.reason(e) + "; announcing goes on when it is back");
                }
                lost = true;
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                over = true;
            }
        }
    }

    /** Such a message will never be taken, and must not keep back those behind it. */
    private static boolean isTooLarge(Throwable e) {
        return e instanceof RecordTooLargeException
                || (e.getCause() != null && !e.getCause().equals(e) && isTooLarge(e.getCause()));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(LAST_WAIT_S));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive() || !waiting.isEmpty()) {
            messages.accept(waiting.size() + " messages for " + place
                    + " could not be sent; the next watch on the same output folder sends them");
        }
        over = true;
        producer.close(Duration.ZERO);
    }
}
