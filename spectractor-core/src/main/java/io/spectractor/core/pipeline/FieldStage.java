package io.spectractor.core.pipeline;

import io.spectractor.core.astrometry.WcsException;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.KnownSource;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.target.LocatedTarget;
import java.util.List;
import java.util.Set;

/** What one extraction does with world coordinates: order 0, and the stars of the table. Keeps what it found; for one thread. */
final class FieldStage {
    private final AstrometryStage astrometry;
    private final ExtractionConfig config;
    private final ExposureOptics optics;
    private final Set<Caveat> caveats;
    private AstrometryStage.Result sky = AstrometryStage.Result.NONE;

    FieldStage(AstrometryStage astrometry, ExtractionConfig config, ExposureOptics optics, Set<Caveat> caveats) {
        this.astrometry = astrometry;
        this.config = config;
        this.optics = optics;
        this.caveats = caveats;
    }

    /** Order 0: by world coordinates if there are any, else by a search. */
    LocatedTarget locate(OrderZeroStage stage) {
        sky = astrometry.find();
        FieldAstrometry field = sky.field();
        if (field == null) {
            return stage.search();
        }
        try {
            return stage.at(field);
        } catch (WcsException e) {
            sky = astrometry.refused(e);
            return stage.search();
        }
    }

    /**
     * The frame without the stars of the table that lie on the spectrum; the same one if there are none, or no profile to draw
     * them with.
     */
    CcdImage cleaned(CcdImage image, ExtractionStages.Extracted extracted) {
        if (extracted.spectrum().shape().isEmpty()) {
            return image;
        }
        return CleanedFrame.of(
                image, known(image, extracted.spectrum(), extracted.geometry()), extracted.spectrum(), config.psf());
    }

    /**
     * Stars of the table on the spectrum.
     *
     * @param spectrum the target's, extracted column by column
     * @param geometry its solution
     */
    List<KnownSource> known(CcdImage image, ColumnSpectrum spectrum, TraceGeometry geometry) {
        FieldAstrometry field = sky.field();
        if (field == null) {
            return List.of();
        }
        List<KnownSource> known = new KnownStars(
                        optics,
                        field,
                        image,
                        spectrum,
                        geometry,
                        config.extraction().halfHeightPx())
                .sources();
        sky = sky.withStars(known.size());
        if (!known.isEmpty()) {
            caveats.add(Caveat.KNOWN_STARS);
        }
        return known;
    }

    /** Whether a table says which stars there are. */
    boolean isKnown() {
        return sky.field() != null;
    }

    /** What was found and used. */
    AstrometrySummary summary() {
        return sky.summary();
    }
}
