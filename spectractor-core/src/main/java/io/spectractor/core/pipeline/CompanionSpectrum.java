package io.spectractor.core.pipeline;

import io.spectractor.core.background.SkyModel;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.KnownSource;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.extraction.TransverseExtraction;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.target.Companion;
import io.spectractor.core.target.LocatedTarget;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spectrum of another star a few rows beside the target's. Both are extracted in turn, each from the frame without the
 * other, until nothing changes: the first time the target's from its own side of the middle between them, which tells the
 * profile. What was found then goes into the model of the pixels as the light of a star that is known. Keeps what it found;
 * for one thread.
 */
final class CompanionSpectrum {
    /** The last one with all pixels: then what each has of the other is less than a hundredth. */
    private static final int ROUNDS = 3;
    /** 1σ of the light that was measured, for what the profile doesn't fit, and of its place, px. */
    private static final double LIGHT_ERROR = 0.05;

    private static final double PLACE_ERROR_PX = 0.1;
    /** Light over the target's from which a companion spoils the spectrum. */
    private static final double BRIGHT = 0.1;
    /** Rows between the traces from which the two can be told apart, at least and in FWHM. */
    private static final double NEAREST_PX = 2.5;

    private static final double NEAREST_FWHM = 0.8;
    /** Part of the distance by which a guess must be nearer to the fainter star to mean that one. */
    private static final double CLEARLY_NEARER = 0.25;
    /** Rows by which the stars' distance at order 0 may differ from that of their spectra. */
    private static final double SAME_ROWS = 1.5;

    private final ExtractionConfig config;
    private final Deadline deadline;
    private @Nullable LocatedTarget located;
    private @Nullable ColumnSpectrum light;

    /** @param config configuration in the pixels of the exposure's image */
    CompanionSpectrum(ExtractionConfig config, Deadline deadline) {
        this.config = config;
        this.deadline = deadline;
    }

    /** Remembers where order 0 is. */
    void locatedAt(LocatedTarget target) {
        located = target;
    }

    /**
     * Says what is to be extracted: one ridge or two.
     *
     * @param ridge the ridges that the frame shows
     * @param predictedY where the target's should be, px
     * @param angleDeg angle of the dispersion axis
     * @param caveats receives whether there is another star
     * @return the target's, and the other star's if it can be told from that
     */
    TransverseExtraction.Ridge look(
            TransverseExtraction.Ridge ridge,
            int firstColumn,
            double[] predictedY,
            double angleDeg,
            @Nullable PixelPosition guess,
            Set<Caveat> caveats) {
        TransverseExtraction.Ridge both = withStars(ridge, angleDeg);
        if (both.isPair()) {
            caveats.add(Caveat.COMPANION_SPECTRUM);
            return targetFirst(both, firstColumn, predictedY, guess);
        }
        if (isBright()) {
            caveats.add(Caveat.COMPANION_LEFT);
        }
        return both;
    }

    /** Whether order 0 was seen to have another star beside it that matters. */
    private boolean isBright() {
        Companion star = located == null ? null : located.companion();
        return star != null && star.lightRatio() > BRIGHT;
    }

    /** The same ridges, or those that the two stars at order 0 must have where their spectra alone don't show two. */
    private TransverseExtraction.Ridge withStars(TransverseExtraction.Ridge ridge, double angleDeg) {
        LocatedTarget target = located;
        if (ridge.isPair() || target == null || target.companion() == null || !isBright()) {
            return ridge;
        }
        Companion star = target.companion();
        double columns = star.position().x() - target.position().x();
        double rows = star.position().y() - target.position().y() - columns * Math.tan(Math.toRadians(angleDeg));
        double fwhm = target.shape() == null ? 0 : target.shape().fwhmPx();
        boolean apart = Math.abs(rows) > Math.max(NEAREST_PX, NEAREST_FWHM * fwhm)
                && Math.abs(rows) < config.extraction().halfHeightPx();
        return apart ? new TransverseExtraction.Ridge(ridge.traceY(), star.lightRatio() > 1 ? -rows : rows) : ridge;
    }

    /**
     * The same ridges, the target's first: that which points to order 0. Of two saturated stars order 0 is the middle, and
     * only a guess tells which is meant; else the brighter one is.
     *
     * @param ridge the brighter one, and where the other is; a straight line added to the prediction
     * @param predictedY rows from order 0 on, at an angle that two spectra may have misled, px
     */
    private TransverseExtraction.Ridge targetFirst(
            TransverseExtraction.Ridge ridge, int firstColumn, double[] predictedY, @Nullable PixelPosition guess) {
        LocatedTarget target = Objects.requireNonNull(located, "locate comes first");
        int last = predictedY.length - 1;
        double begin = ridge.traceY()[0] - predictedY[0];
        double slope = (ridge.traceY()[last] - predictedY[last] - begin) / last;
        double atOrder0 = begin + slope * (target.position().x() - firstColumn);
        double expected = target.saturated() && guess != null
                ? guess.y() - target.position().y()
                : 0;
        double toBright = Math.abs(atOrder0 - expected);
        double toFaint = Math.abs(atOrder0 + ridge.otherRows() - expected);
        if (toBright - toFaint < CLEARLY_NEARER * Math.abs(ridge.otherRows())) {
            return ridge;
        }
        double[] traceY = ridge.traceY().clone();
        for (int c = 0; c < traceY.length; c++) {
            traceY[c] += ridge.otherRows();
        }
        return new TransverseExtraction.Ridge(traceY, -ridge.otherRows());
    }

    /**
     * Extracts both.
     *
     * @param image the strip's image, or that without the stars of a table
     * @param caveats receives what a user should know of the target's
     * @return the target's
     */
    ColumnSpectrum extract(CcdImage image, ExtractionStages.Strip strip, Set<Caveat> caveats) {
        double[] traceY = strip.traceY();
        double rows = strip.companionRows();
        int firstColumn = strip.firstColumn();
        SkyModel sky = strip.sky();
        double[] otherY = new double[traceY.length];
        for (int c = 0; c < otherY.length; c++) {
            otherY[c] = traceY[c] + rows;
        }
        TransverseExtraction extraction = new TransverseExtraction(config.extraction(), config.psf());
        Set<Caveat> ignored = EnumSet.noneOf(Caveat.class);
        CcdImage ownSide = side(image, firstColumn, traceY, rows);
        CcdImage otherSide = side(image, firstColumn, otherY, -rows);
        ColumnSpectrum one = extraction.extract(ownSide, sky, firstColumn, traceY, deadline, ignored);
        ColumnSpectrum two = one;
        for (int round = 1; round <= ROUNDS; round++) {
            // profiles of both sides would take long to agree on whose the light between them is
            boolean last = round == ROUNDS;
            CcdImage other = without(last ? image : otherSide, one);
            two = extraction.extract(other, sky, firstColumn, otherY, deadline, ignored);
            CcdImage own = without(last ? image : ownSide, two);
            one = extraction.extract(own, sky, firstColumn, traceY, deadline, last ? caveats : ignored);
        }
        light = two;
        return one;
    }

    /** The frame without the pixels beyond the middle between a trace and that of the other star, so many rows above. */
    private CcdImage side(CcdImage image, int firstColumn, double[] traceY, double rows) {
        byte[] mask = image.maskCopy();
        int reach = (int) Math.ceil(Math.abs(rows) + config.extraction().halfHeightPx());
        for (int c = 0; c < traceY.length; c++) {
            int x = firstColumn + c;
            double middle = traceY[c] + rows / 2;
            for (int d = 0; d <= reach && x >= 0 && x < image.width(); d++) {
                int y = (int) (rows > 0 ? Math.ceil(middle) + d : Math.floor(middle) - d);
                if (y >= 0 && y < image.height()) {
                    mask[y * image.width() + x] |= CcdImage.BAD;
                }
            }
        }
        return image.withMask(mask);
    }

    private CcdImage without(CcdImage image, ColumnSpectrum spectrum) {
        KnownSource.Trace trace =
                new KnownSource.Trace(new double[spectrum.size()], spectrum.traceY(), spectrum.rate());
        return CleanedFrame.of(image, List.of(source(List.of(trace))), spectrum, config.psf());
    }

    /**
     * The other star as the model takes it: its first order, and the second where its own refraction and width put it.
     *
     * @param solved the target's geometry, with the distance that its lines tell
     * @param orderTwo the second order of both
     */
    KnownSource known(ExtractionStages.Strip strip, TraceGeometry solved, OrderOverlap orderTwo) {
        ColumnSpectrum other = Objects.requireNonNull(light, "extract comes first");
        TraceGeometry geometry = solved.movedBy(columns(strip.companionRows()), strip.companionRows());
        OrderOverlap.Overlap overlap = orderTwo.secondOrder(other, geometry);
        double[] lambda = geometry.wavelengths(other.firstColumn(), 1, other.size(), 1);
        double[] first = geometry.rows(other.firstColumn(), other.size(), 1);
        double[] second = geometry.rows(other.firstColumn(), other.size(), 2);
        double[] one = new double[lambda.length];
        double[] two = new double[lambda.length];
        for (int c = 0; c < one.length; c++) {
            two[c] = Double.isNaN(overlap.lambdaNm()[c]) ? 0 : Math.max(0, overlap.rate()[c]);
            one[c] = Double.isNaN(lambda[c]) ? 0 : Math.max(0, other.rate()[c] - two[c]);
            // order 0 of two saturated stars lies between them: only the difference of the orders is right
            second[c] += other.traceY()[c] - first[c];
        }
        return source(List.of(
                new KnownSource.Trace(lambda, other.traceY(), one),
                new KnownSource.Trace(overlap.lambdaNm(), second, two)));
    }

    /** Columns from the target to the other star, as far as order 0 tells. */
    private double columns(double rows) {
        LocatedTarget target = located;
        Companion star = target == null ? null : target.companion();
        if (target == null || star == null) {
            return 0;
        }
        PixelPosition from = target.position();
        boolean same = Math.abs(star.position().y() - from.y() - rows) < SAME_ROWS;
        return same ? star.position().x() - from.x() : 0;
    }

    private static KnownSource source(List<KnownSource.Trace> traces) {
        return new KnownSource(0, 0, 0, PLACE_ERROR_PX, LIGHT_ERROR, traces);
    }
}
