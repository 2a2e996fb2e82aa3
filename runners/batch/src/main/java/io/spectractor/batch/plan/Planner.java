package io.spectractor.batch.plan;

import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.FitsSource;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.outcome.Failure;
import io.spectractor.core.outcome.FailureKind;
import io.spectractor.core.outcome.Stage;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins the inputs with what the logbook or the command line says of them. */
public final class Planner {
    private final @Nullable ObservationLog log;
    private final Overrides overrides;

    /**
     * A planner.
     *
     * @param log the logbook, or null to work without one
     * @param overrides values of the command line that hold for every image; wins over the logbook
     */
    public Planner(@Nullable ObservationLog log, Overrides overrides) {
        this.log = log;
        this.overrides = overrides;
    }

    /**
     * Values of the command line that hold for every image.
     *
     * @param target name of the star, or null
     * @param disperser label, or null
     * @param guess order-0 position in unbinned pixels, or null
     */
    public record Overrides(
            @Nullable String target,
            @Nullable String disperser,
            @Nullable PixelPosition guess) {
        /** Nothing is said. */
        public static Overrides none() {
            return new Overrides(null, null, null);
        }

        boolean isEmpty() {
            return target == null && disperser == null && guess == null;
        }
    }

    /** The plan for these images, in their order. */
    public RunPlan plan(List<InputFile> files) {
        List<PlannedImage> images = new ArrayList<>();
        for (InputFile file : files) {
            images.add(plan(images.size(), file));
        }
        List<String> notes = new ArrayList<>();
        if (log != null && !overrides.isEmpty()) {
            notes.add("--target, --disperser and --guess win over the logbook for every image");
        }
        return new RunPlan(images, notes);
    }

    private PlannedImage plan(int index, InputFile file) {
        if (log == null) {
            return extract(index, file, ExposureRequest.of(file.name()));
        }
        ObservationLog.Entry entry = log.entry(file.name());
        if (entry instanceof ObservationLog.Entry.Use use) {
            return extract(index, file, use.request());
        }
        if (entry instanceof ObservationLog.Entry.Skip skip) {
            if (skip.withoutPosition() != null && overrides.guess() != null) {
                return extract(index, file, skip.withoutPosition());
            }
            return new PlannedImage.Skip(file.name(), file.path().toString(), skip.reason());
        }
        String reason = ((ObservationLog.Entry.Unknown) entry).reason();
        return new PlannedImage.Refuse(
                file.name(),
                file.path().toString(),
                new Failure(Stage.READ, FailureKind.UNPROCESSABLE, refusal(file, reason), ""));
    }

    /** A damaged file is damaged first of all: a row in the logbook would not help it. */
    private static String refusal(InputFile file, String reason) {
        try {
            if (Files.isRegularFile(file.path())) {
                FitsSource.of(file.path()).requireWhole();
            }
            return file.name() + ": " + reason;
        } catch (ExtractionException e) {
            return e.getMessage() + "; besides: " + reason;
        }
    }

    private PlannedImage extract(int index, InputFile file, ExposureRequest logged) {
        ExposureRequest request = new ExposureRequest(
                file.name(),
                overrides.target() == null ? logged.target() : overrides.target(),
                // without an option the header decides, and the logbook where the header is silent
                overrides.disperser(),
                logged.loggedDisperser(),
                overrides.guess() == null ? logged.guess() : overrides.guess(),
                logged.windowXPx(),
                logged.windowYPx());
        return new PlannedImage.Extract(new WorkItem(index, file.path().toString(), file.stem(), request));
    }
}
