package io.spectractor.kafka;

import io.spectractor.batch.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic: {@code kafka://host:port[,host:port...]/topic}. What a client must know besides, such as passwords, is in the file
 * of properties that the variable {@code SPECTRACTOR_KAFKA_CONFIG} names; it is never repeated.
 *
 * @param brokers hosts and ports
 * @param topic its name
 */
record KafkaPlace(String brokers, String topic) {
    static final String SCHEME = "kafka://";
    private static final String CONFIG = "SPECTRACTOR_KAFKA_CONFIG";
    private static final Pattern URL =
            Pattern.compile("kafka://([^/@\\s]+:\\d+(?:,[^/@\\s]+:\\d+)*)/([A-Za-z0-9._-]{1,249})");

    static KafkaPlace of(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new UsageException("expected kafka://host:port/topic" + (url.contains("@") ? ", without a user" : "")
                    + (url.contains("@") ? "" : ", found " + url));
        }
        return new KafkaPlace(matcher.group(1), matcher.group(2));
    }

    /** Properties of a client, as far as producers and consumers share them. */
    Properties properties() {
        Properties properties = new Properties();
        String file = System.getenv(CONFIG);
        if (file != null && !file.isBlank()) {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new UsageException(CONFIG + " names " + file + ", which cannot be read: " + e.getMessage(), e);
            }
        }
        properties.put("bootstrap.servers", brokers);
        return properties;
    }

    @Override
    public String toString() {
        return SCHEME + brokers + "/" + topic;
    }
}
