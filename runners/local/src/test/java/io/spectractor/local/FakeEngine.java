package io.spectractor.local;

import io.spectractor.batch.run.ImageEngine;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.testkit.SmallProduct;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Does what the text of the image file says. */
final class FakeEngine implements ImageEngine {
    /** Names of the images in the order they were worked on. */
    final Queue<String> calls = new ConcurrentLinkedQueue<>();

    final AtomicInteger inFlight = new AtomicInteger();
    final AtomicInteger mostInFlight = new AtomicInteger();
    final CountDownLatch firstStarted = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    private final ConcurrentHashMap<String, Integer> tries = new ConcurrentHashMap<>();

    @Override
    public ExtractionOutcome extract(byte[] fileBytes, String sha256, ExposureRequest request) {
        calls.add(request.name());
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        firstStarted.countDown();
        try {
            return act(new String(fileBytes, StandardCharsets.UTF_8).strip(), request);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private ExtractionOutcome act(String text, ExposureRequest request) {
        String[] words = text.split(" ", -1);
        StageTimings timings = StageTimings.none().with(Stage.EXTRACT, 0.25);
        return switch (words[0]) {
            case "ok" -> done(request, Double.parseDouble(words[1]), timings);
            case "caveat" ->
                new ExtractionOutcome.Done(
                        SmallProduct.of(
                                request.name(),
                                1,
                                new TreeSet<>(java.util.Set.of(Caveat.LOW_SIGNAL, Caveat.WEATHER_MISSING))),
                        timings);
            case "fail" ->
                new ExtractionOutcome.Failed(
                        new Failure(
                                Stage.LOCATE,
                                FailureKind.valueOf(words[1]),
                                request.name() + ": no star in the search window",
                                ""),
                        timings);
            case "throw" -> throw new IllegalStateException("deliberate");
            case "overflow" -> throw new StackOverflowError("deliberate");
            case "oom-once" -> {
                if (tries.merge(request.name(), 1, Integer::sum) == 1) {
                    throw new OutOfMemoryError("Java heap space");
                }
                mostInFlight.set(inFlight.get());
                yield done(request, 5, timings);
            }
            case "oom" -> throw new OutOfMemoryError("Java heap space");
            case "sleep" -> {
                pause(Long.parseLong(words[1]));
                yield done(request, 2, timings);
            }
            case "wait" -> {
                await();
                yield done(request, 3, timings);
            }
            default -> throw new IllegalArgumentException("fake image says: " + text);
        };
    }

    private static ExtractionOutcome done(ExposureRequest request, double level, StageTimings timings) {
        return new ExtractionOutcome.Done(SmallProduct.of(request.name(), level, new TreeSet<>()), timings);
    }

    private void await() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
