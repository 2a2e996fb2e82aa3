package io.spectractor.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic from its first message on, with no group of consumers and no offsets kept: products tell what is done, and
 * a restart that reads everything again can lose nothing. Not safe for threads.
 */
final class TopicReader implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;
    private static final int LOOKS = 20;
    private static final long PAUSE_MS = 250;

    private final KafkaConsumer<String, String> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /**
     * A reader.
     *
     * @throws KafkaException if no broker answers within ten seconds
     */
    TopicReader(KafkaPlace place) {
        Properties properties = place.properties();
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        // a message of a transaction that was given up was never sent
        properties.put("isolation.level", "read_committed");
        properties.put("default.api.timeout.ms", PATIENCE_MS);
        properties.put("allow.auto.create.topics", "true");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        try {
            partitionsOf(place.topic()).forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
            throw e;
        }
    }

    /** A broker that may make topics makes one when it is asked for it, and answers that there is none. */
    private List<PartitionInfo> partitionsOf(String topic) {
        for (int i = 0; i < LOOKS; i++) {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            if (known != null && !known.isEmpty()) {
                return known;
            }
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new KafkaException("there is no topic " + topic + ", and the broker does not make it");
    }

    /** The next messages; waits a moment for them. */
    List<ConsumerRecord<String, String>> poll(long milliseconds) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        consumer.poll(Duration.ofMillis(milliseconds)).forEach(records::add);
        return records;
    }

    /** All messages that are there now. */
    List<ConsumerRecord<String, String>> readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<String, String>> all = new ArrayList<>();
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
            all.addAll(poll(200));
        }
        return all;
    }

    /** Whether everything that the broker has was read. */
    boolean isAtEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
