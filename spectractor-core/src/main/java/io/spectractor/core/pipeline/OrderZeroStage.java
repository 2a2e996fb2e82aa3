package io.spectractor.core.pipeline;

import io.spectractor.core.astrometry.WcsException;
import io.spectractor.core.config.AstrometryConfig;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.TargetConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.observation.Exposure;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.ExtractionException;
import io.spectractor.core.target.LocatedTarget;
import io.spectractor.core.target.TargetFinder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds order 0: near the guess, or where world coordinates put the target. */
final class OrderZeroStage {
    private final Exposure exposure;
    private final ExposureRequest request;
    private final ExtractionConfig config;
    private final Deadline deadline;

    /** @param config configuration in the pixels of the exposure's image */
    OrderZeroStage(Exposure exposure, ExposureRequest request, ExtractionConfig config, Deadline deadline) {
        this.exposure = exposure;
        this.request = request;
        this.config = config;
        this.deadline = deadline;
    }

    /** Near the guess, or in the whole image without one. */
    LocatedTarget search() {
        int rebin = config.ccd().rebin();
        Integer windowX = request.windowXPx();
        Integer windowY = request.windowYPx();
        return near(
                exposure.guess(),
                windowX == null ? config.target().windowXPx() : Math.max(5, windowX / rebin),
                windowY == null ? config.target().windowYPx() : Math.max(5, windowY / rebin));
    }

    /**
     * Where world coordinates put the target. Stars of the table confirm a place to a fraction of a pixel: there the star is
     * fitted. Without them the place is a guess, and order 0 the star within {@code astrometry.search_px} of it.
     *
     * @throws WcsException if no star is there
     */
    LocatedTarget at(FieldAstrometry field) {
        TargetConfig.Centroid method = config.target().centroid();
        if (field.refined() && method == TargetConfig.Centroid.FIT) {
            return new TargetFinder()
                    .locateAt(
                            exposure.image(),
                            field.target(),
                            field.errorPx(),
                            config.target().windowXPx(),
                            config.target().windowYPx(),
                            deadline);
        }
        AstrometryConfig settings = config.astrometry();
        int reach = (int) Math.max(5, Math.ceil(settings.searchPx()));
        try {
            return near(field.target(), reach, reach);
        } catch (ExtractionException e) {
            throw new WcsException(
                    String.format(
                            Locale.ROOT,
                            "%s: no star lies within %d px (astrometry.search_px) of (%.1f, %.1f), where the world coordinates"
                                    + " put the target",
                            exposure.name(),
                            reach,
                            field.target().x(),
                            field.target().y()),
                    e);
        }
    }

    private LocatedTarget near(@Nullable PixelPosition guess, int windowX, int windowY) {
        return new TargetFinder()
                .locate(
                        exposure.image(),
                        guess,
                        windowX,
                        windowY,
                        config.target().centroid(),
                        deadline);
    }
}
