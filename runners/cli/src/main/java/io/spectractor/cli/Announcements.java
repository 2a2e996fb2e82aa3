package io.spectractor.cli;

import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.watch.FolderArrivals;
import io.spectractor.batch.watch.MessageBroker;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells people what became of images, and a topic too where one was named. */
final class Announcements implements FolderArrivals.ArrivalListener, AutoCloseable {
    private final FolderArrivals.ArrivalListener people;
    private final MessageBroker.@Nullable Announcer topic;

    private Announcements(FolderArrivals.ArrivalListener people, MessageBroker.@Nullable Announcer topic) {
        this.people = people;
        this.topic = topic;
    }

    /**
     * With a topic, or without.
     *
     * @param url that of the topic, or null
     */
    static Announcements of(
            @Nullable String url, Path outputFolder, Consumer<String> messages, FolderArrivals.ArrivalListener people) {
        String folder = outputFolder.toAbsolutePath().toString();
        return new Announcements(
                people, url == null ? null : MessageBroker.of(url).announcer(url, folder, messages));
    }

    @Override
    public void settled(ImageResult result, boolean again) {
        people.settled(result, again);
        if (topic != null) {
            topic.settled(result, again);
        }
    }

    @Override
    public void kept(ImageResult result) {
        if (topic != null) {
            topic.kept(result);
        }
    }

    @Override
    public void close() {
        if (topic != null) {
            topic.close();
        }
    }
}
