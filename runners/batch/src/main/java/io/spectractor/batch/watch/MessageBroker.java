package io.spectractor.batch.watch;

import io.spectractor.batch.UsageException;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Messages in and out, by URLs such as {@code kafka://broker:9092/topic}; found by {@link ServiceLoader}. */
public interface MessageBroker {
    /** Whether URLs with this beginning are of this kind of broker. */
    boolean serves(String url);

    /**
     * Images that messages name, from the first message of the topic on.
     *
     * @param messages what a person should know, a line each
     * @throws UsageException if the URL makes no sense, or nobody answers there
     */
    ImageFeed feed(String url, Consumer<String> messages);

    /**
     * Sends what becomes of images.
     *
     * @param outputFolder whose products are announced: one process at a time announces for a folder
     * @param messages what a person should know, a line each
     * @throws UsageException if the URL makes no sense, or nobody answers there
     */
    Announcer announcer(String url, String outputFolder, Consumer<String> messages);

    /** Told what became of images, new ones and those that were kept. Closing sends what is left. */
    interface Announcer extends FolderArrivals.ArrivalListener, AutoCloseable {
        @Override
        void close();
    }

    /** Whether a word is the URL of a topic. */
    static boolean isTopic(String word) {
        return word.startsWith("kafka://");
    }

    /**
     * The broker of a URL.
     *
     * @throws UsageException if this program does not know that kind
     */
    static MessageBroker of(String url) {
        for (MessageBroker broker : ServiceLoader.load(MessageBroker.class, MessageBroker.class.getClassLoader())) {
            if (broker.serves(url)) {
                return broker;
            }
        }
        throw new UsageException(
                url + ": this program has no client for it; './spectractor' downloads the one for kafka://");
    }
}
