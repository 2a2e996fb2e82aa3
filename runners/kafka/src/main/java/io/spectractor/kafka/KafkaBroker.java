package io.spectractor.kafka;

import io.spectractor.batch.UsageException;
import io.spectractor.batch.watch.ImageFeed;
import io.spectractor.batch.watch.MessageBroker;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** Topics of Kafka. Loads without Kafka's classes, which are needed once a topic is used. */
public final class KafkaBroker implements MessageBroker {
    @Override
    public boolean serves(String url) {
        return url.startsWith(KafkaPlace.SCHEME);
    }

    @Override
    public ImageFeed feed(String url, Consumer<String> messages) {
        KafkaPlace place = KafkaPlace.of(url);
        return withClient(url, () -> new KafkaFeed(place, messages));
    }

    @Override
    public Announcer announcer(String url, String outputFolder, Consumer<String> messages) {
        KafkaPlace place = KafkaPlace.of(url);
        return withClient(url, () -> KafkaAnnouncer.open(place, outputFolder, messages));
    }

    private static <T> T withClient(String url, Supplier<T> start) {
        try {
            return start.get();
        } catch (KafkaException e) {
            throw new UsageException(url + ": " + reason(e), e);
        } catch (NoClassDefFoundError e) {
            throw new UsageException(
                    url + ": Kafka's client is not on the class path; './spectractor' downloads it", e);
        }
    }

    /** The innermost message, which says what is wrong. */
    static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage() == null ? root : root.getMessage());
    }
}
