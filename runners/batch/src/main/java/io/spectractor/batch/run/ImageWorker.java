package io.spectractor.batch.run;

import io.spectractor.batch.Hashes;
import io.spectractor.batch.files.PathResolver;
import io.spectractor.batch.plan.WorkItem;
import io.spectractor.batch.resources.Activity;
import io.spectractor.batch.result.ImageResult;
import io.spectractor.batch.result.ImageStatus;
import io.spectractor.batch.store.ProductRecord;
import io.spectractor.batch.store.ProductStore;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.product.ScienceDigest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Does one image from its file to its committed product; every scheduler calls this and nothing else. Safe for threads.
 *
 * <p>Whatever goes wrong with an image is its result, with one exception: {@link OutOfMemoryError} is thrown on, because
 * only the scheduler can see to it that the image is tried once more alone.
 */
public final class ImageWorker implements ItemWorker {
    private final ImageSource source;
    private final ImageEngine engine;
    private final ProductEncoder encoder;
    private final ProductStore store;
    private final WorkContext context;

    public ImageWorker(
            ImageSource source, ImageEngine engine, ProductEncoder encoder, ProductStore store, WorkContext context) {
        this.source = source;
        this.engine = engine;
        this.encoder = encoder;
        this.store = store;
        this.context = context;
    }

    /**
     * Does one image.
     *
     * @param attempt 1 for the first try
     * @param steps is told how far it has come
     * @throws OutOfMemoryError if the memory does not suffice while others work too
     */
    @Override
    public ImageResult process(WorkItem item, int attempt, StepListener steps) {
        Job job = new Job(item, attempt, steps);
        Activity.ofProcess().begin(item.name());
        try {
            return job.run();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (ExtractionException e) {
            return job.failed(e.kind(), Stage.READ, item.name() + ": " + e.getMessage(), "");
        } catch (Throwable e) {
            return job.failed(
                    FailureKind.BUG, Stage.ASSEMBLE, item.name() + ": an internal error: " + e, stackTrace(e));
        } finally {
            Activity.ofProcess().end();
        }
    }

    /** The result of an image that ran out of memory and is not tried again. */
    public static ImageResult outOfMemory(WorkItem item, int attempts, OutOfMemoryError error) {
        String message = item.name() + ": out of memory (" + error.getMessage() + ")"
                + (attempts > 1 ? ", also when it was tried alone;" : ";")
                + " give Java more (-Xmx), e.g. SPECTRACTOR_JAVA_OPTS=-Xmx4g";
        Failure failure = new Failure(Stage.EXTRACT, FailureKind.RETRYABLE, message, "");
        return ImageResult.failed(item.name(), item.input(), failure, attempts, 0, StageTimings.none(), null, null);
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** One image in progress. */
    private final class Job {
        private final WorkItem item;
        private final int attempt;
        private final StepListener steps;
        private final long start = System.nanoTime();
        private StageTimings timings = StageTimings.none();
        private @Nullable String inputSha256;
        private @Nullable String key;

        Job(WorkItem item, int attempt, StepListener steps) {
            this.item = item;
            this.attempt = attempt;
            this.steps = steps;
        }

        ImageResult run() {
            byte[] bytes;
            try {
                bytes = source.read(item.input());
            } catch (IOException e) {
                Optional<ImageResult> done = doneWithoutInput();
                return done.isPresent() ? done.get() : unreadable(e);
            }
            try {
                return run(bytes, seconds());
            } finally {
                source.release(bytes);
            }
        }

        private ImageResult run(byte[] bytes, double readSeconds) {
            String digest = Hashes.sha256(bytes);
            String contentKey = ProductRecord.key(digest, context.of(item));
            inputSha256 = digest;
            key = contentKey;
            try {
                Optional<ImageResult> settled = settledBefore(contentKey);
                if (settled.isPresent()) {
                    return settled.get();
                }
            } catch (IOException e) {
                return unwritable(e);
            }
            steps.read();
            ExtractionOutcome outcome = engine.extract(bytes, digest, item.request());
            steps.extracted();
            Activity.ofProcess().stage(Stage.WRITE);
            timings = plus(outcome.timings(), Stage.READ, readSeconds);
            if (outcome instanceof ExtractionOutcome.Failed failed) {
                Failure failure = failed.failure();
                return failed(
                        failure.kind(), failure.stage(), failure.message() + standing(contentKey), failure.trace());
            }
            return commit((ExtractionOutcome.Done) outcome, digest, contentKey);
        }

        /** A product of an earlier file, or of other settings, that stands under the name of the one that failed. */
        private String standing(String contentKey) {
            try {
                return store.record(item.productName())
                        .filter(r -> !contentKey.equals(r.result().key()))
                        .map(r -> "; " + item.productName() + " is an older one, made "
                                + (Objects.equals(inputSha256, r.result().inputSha256())
                                        ? "with other settings"
                                        : "from another file"))
                        .orElse("");
            } catch (IOException e) {
                return "";
            }
        }

        private Optional<ImageResult> settledBefore(String contentKey) throws IOException {
            if (context.existing() == ExistingProducts.OVERWRITE) {
                return Optional.empty();
            }
            Optional<ProductRecord> kept = store.verified(item.productName(), contentKey);
            if (kept.isPresent()) {
                return Optional.of(kept.get().result().asReused(item.input(), attempt));
            }
            boolean foreign = context.existing() == ExistingProducts.KEEP_OR_REFUSE
                    && store.exists(item.productName())
                    && store.record(item.productName())
                            .filter(r -> contentKey.equals(r.result().key()))
                            .isEmpty();
            return foreign
                    ? Optional.of(failed(
                            FailureKind.UNPROCESSABLE,
                            Stage.WRITE,
                            item.name() + ": " + item.productName() + " exists already, made from another image;"
                                    + " use --overwrite or another --out",
                            ""))
                    : Optional.empty();
        }

        private ImageResult commit(ExtractionOutcome.Done done, String digest, String contentKey) {
            long writeStart = System.nanoTime();
            byte[] file = encoder.encode(done.product(), done.timings());
            String name = item.productName();
            ScienceDigest.OfFile digests = encoder.digests(file, name);
            ImageResult result = new ImageResult(
                    item.name(),
                    item.input(),
                    ImageStatus.done(done.product().caveats()),
                    null,
                    null,
                    done.product().caveats(),
                    attempt,
                    false,
                    seconds(),
                    timings,
                    name,
                    digests.file(),
                    digests.science(),
                    digest,
                    contentKey,
                    done.product().summary());
            try {
                boolean replaceSame = context.existing() == ExistingProducts.OVERWRITE;
                ProductRecord standing = store.commit(file, new ProductRecord(context.of(item), result), replaceSame);
                return standing.result().equals(result)
                        ? result.withTimings(timings.with(Stage.WRITE, secondsSince(writeStart)), seconds())
                        : standing.result().asReused(item.input(), attempt);
            } catch (IOException e) {
                return unwritable(e);
            }
        }

        /**
         * An image whose file is gone or cannot be read: done if its product stands, made from the same request with the
         * same settings, and the run only goes on with what was begun.
         */
        private Optional<ImageResult> doneWithoutInput() {
            try {
                Optional<ProductRecord> record = context.existing() == ExistingProducts.RESUME
                        ? store.record(item.productName())
                                .filter(r -> r.context().equals(context.of(item)))
                        : Optional.empty();
                String madeFrom = record.map(r -> r.result().key()).orElse(null);
                if (madeFrom != null) {
                    Optional<ProductRecord> kept = store.verified(item.productName(), madeFrom);
                    return kept.map(r -> r.result().asReused(item.input(), attempt));
                }
            } catch (IOException e) {
                return Optional.empty();
            }
            return Optional.empty();
        }

        private String missing() {
            try {
                Path path = PathResolver.path(item.input());
                return Files.isSymbolicLink(path)
                        ? "a link to " + Files.readSymbolicLink(path) + ", which is not there"
                        : "the file is gone";
            } catch (IOException | RuntimeException unknown) {
                return "the file is gone";
            }
        }

        private ImageResult unreadable(IOException e) {
            if (e instanceof NoSuchFileException) {
                return failed(FailureKind.UNPROCESSABLE, Stage.READ, item.input() + ": " + missing(), "");
            }
            if (e instanceof AccessDeniedException) {
                return failed(
                        FailureKind.UNPROCESSABLE, Stage.READ, item.input() + ": no permission to read the file", "");
            }
            return failed(FailureKind.RETRYABLE, Stage.READ, item.input() + ": cannot be read: " + e, "");
        }

        private ImageResult unwritable(IOException e) {
            return failed(
                    FailureKind.RETRYABLE,
                    Stage.WRITE,
                    item.name() + ": " + item.productName() + " cannot be written: " + e.getMessage()
                            + "; resume the run when there is room",
                    "");
        }

        ImageResult failed(FailureKind kind, Stage stage, String message, String trace) {
            return ImageResult.failed(
                    item.name(),
                    item.input(),
                    new Failure(stage, kind, message, trace),
                    attempt,
                    seconds(),
                    timings,
                    inputSha256,
                    key);
        }

        private double seconds() {
            return secondsSince(start);
        }

        private static double secondsSince(long nanos) {
            return (System.nanoTime() - nanos) / 1e9;
        }

        private static StageTimings plus(StageTimings timings, Stage stage, double seconds) {
            return timings.with(stage, timings.seconds().getOrDefault(stage, 0.0) + seconds);
        }
    }
}
