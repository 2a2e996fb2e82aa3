package io.spectractor.batch.watch;

import io.spectractor.batch.plan.InputFile;
import io.spectractor.batch.plan.PlannedImage;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.run.Arrivals;
import io.spectractor.batch.run.StopSignal;
import io.spectractor.batch.store.ProductRecord;
import io.spectractor.batch.store.ProductStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Plans the images that come into a folder, and tells what became of them. */
public final class FolderArrivals implements Arrivals {
    private static final long WAIT_MS = 100;

    private final ImageFeed scanner;
    private final Planning planning;
    private final @Nullable WatchedLogbook logbook;
    private final ProductStore store;
    private final ArrivalListener listener;
    private final Consumer<String> messages;
    private final @Nullable Duration stopWhenIdle;
    private final LongSupplier nanoClock;

    private final List<InputFile> held = new ArrayList<>();
    private final Map<String, Path> stems = new HashMap<>();
    private final Map<String, String> contents = new ConcurrentHashMap<>();
    private final Map<String, Integer> inWork = new ConcurrentHashMap<>();
    private final AtomicLong lastNs;

    /** Plans images that are complete. */
    @FunctionalInterface
    public interface Planning {
        List<PlannedImage> plan(List<InputFile> images) throws InterruptedException;
    }

    /** Told what became of an image. Called from any thread. */
    @FunctionalInterface
    public interface ArrivalListener {
        /**
         * An image is settled that was not kept from before.
         *
         * @param again whether its product replaces that of other content under the same name
         */
        void settled(ImageResult result, boolean again);

        /** The product of an image was there already. */
        default void kept(ImageResult result) {}
    }

    /**
     * Arrivals.
     *
     * @param scanner finds images
     * @param planning what the run does with them
     * @param logbook images that it does not know wait for it; null for none
     * @param store the products that are there
     * @param messages what a person should know, a line each
     * @param stopWhenIdle none come any more when nothing has come or been in progress for so long; null to wait for ever
     */
    public FolderArrivals(
            ImageFeed scanner,
            Planning planning,
            @Nullable WatchedLogbook logbook,
            ProductStore store,
            ArrivalListener listener,
            Consumer<String> messages,
            @Nullable Duration stopWhenIdle,
            LongSupplier nanoClock) {
        this.scanner = scanner;
        this.planning = planning;
        this.logbook = logbook;
        this.store = store;
        this.listener = listener;
        this.messages = messages;
        this.stopWhenIdle = stopWhenIdle;
        this.nanoClock = nanoClock;
        this.lastNs = new AtomicLong(nanoClock.getAsLong());
    }

    /**
     * The first images, which tell with what the run is to be made; they come again from {@link #next}.
     *
     * @return empty if the waiting was ended
     */
    public List<InputFile> first(StopSignal stop) throws InterruptedException {
        while (held.isEmpty() && !stop.stopRequested() && !idle()) {
            List<InputFile> images = scanner.poll(WAIT_MS);
            if (images != null) {
                held.addAll(images);
            }
        }
        return List.copyOf(held);
    }

    @Override
    public List<PlannedImage> next(StopSignal stop) {
        try {
            while (!stop.stopRequested()) {
                List<PlannedImage> planned = plan(ready());
                if (!planned.isEmpty()) {
                    planned.stream()
                            .filter(PlannedImage.Extract.class::isInstance)
                            .forEach(image -> inWork.merge(image.name(), 1, Integer::sum));
                    return planned;
                }
                if (idle()) {
                    return giveUp();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    /** Complete images that the logbook knows, where there is one. */
    private List<InputFile> ready() throws InterruptedException {
        boolean changed = logbook != null && logbook.refresh();
        List<InputFile> ready = new ArrayList<>();
        if (changed || stems.isEmpty()) {
            ready.addAll(held);
            held.clear();
        }
        List<InputFile> come = scanner.poll(ready.isEmpty() ? WAIT_MS : 0);
        if (come != null) {
            lastNs.set(nanoClock.getAsLong());
            ready.addAll(come);
        }
        List<InputFile> known = new ArrayList<>();
        for (InputFile image : ready) {
            if (clashes(image)) {
                continue;
            }
            if (logbook == null || logbook.knows(image.name())) {
                known.add(image);
            } else {
                held.removeIf(other -> other.name().equals(image.name()));
                held.add(image);
                messages.accept(image.name() + " is not in the logbook; it waits until it is");
            }
        }
        return known;
    }

    private boolean clashes(InputFile image) {
        Path first = stems.putIfAbsent(image.stem(), image.path());
        if (first == null || first.equals(image.path())) {
            return false;
        }
        messages.accept(image.path() + " is left out: its product would be that of " + first
                + "; rename one of them, or" + " watch its folder with another --out");
        return true;
    }

    private List<PlannedImage> plan(List<InputFile> images) throws InterruptedException {
        if (images.isEmpty()) {
            return List.of();
        }
        for (InputFile image : images) {
            contentBefore(image.productName()).ifPresent(sha -> contents.putIfAbsent(image.name(), sha));
        }
        return planning.plan(images);
    }

    private Optional<String> contentBefore(String productName) {
        try {
            return store.record(productName).map(ProductRecord::result).map(ImageResult::inputSha256);
        } catch (IOException e) {
            // only a message depends on it
            return Optional.empty();
        }
    }

    /** Images that no logbook has told of are failures in the end, not forgotten. */
    private List<PlannedImage> giveUp() throws InterruptedException {
        List<InputFile> rest = List.copyOf(held);
        held.clear();
        return rest.isEmpty() ? List.of() : planning.plan(rest);
    }

    private boolean idle() {
        if (!scanner.quiet()) {
            lastNs.set(nanoClock.getAsLong());
        }
        return stopWhenIdle != null
                && inWork.isEmpty()
                && nanoClock.getAsLong() - lastNs.get() > stopWhenIdle.toNanos();
    }

    @Override
    public void settled(ImageResult result) {
        lastNs.set(nanoClock.getAsLong());
        inWork.computeIfPresent(result.name(), (name, count) -> count == 1 ? null : count - 1);
        String content = result.inputSha256();
        String before = content == null ? null : contents.put(result.name(), content);
        if (result.reused()) {
            listener.kept(result);
        } else {
            listener.settled(result, before != null && !before.equals(content));
        }
    }
}
