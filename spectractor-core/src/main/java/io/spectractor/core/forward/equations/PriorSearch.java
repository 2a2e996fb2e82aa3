package io.spectractor.core.forward.equations;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.EnvelopeMatrix;

/**
 * Chooses the widths of the prior by what the pixels say about how strongly they are to be smoothed. Where the prior knows
 * nothing of them, by their marginal likelihood; where its mean was made of the same pixels they seem likelier than they
 * are, and generalised cross validation decides.
 */
public final class PriorSearch {
    private static final double STEP = Math.log(4);
    private static final int MAX_MOVES = 10;
    /** However well the pixels agree with it, no reference is known better than this. */
    private static final double LEAST_SMOOTH = 2e-4;
    /** The same where the point spread function fails the pixels. */
    private static final double LEAST_SMOOTH_POOR = 3e-4;

    private static final double MOST = 1e3;
    private static final double LEAST_FEATURE = 0.1;
    /** The same where the point spread function fails the pixels. */
    private static final double LEAST_FEATURE_POOR = 1;

    private final PixelEquations pixels;
    private final EnvelopeMatrix work;
    private final ExpectedSpectrum expectation;
    private final Template template;
    private final double leastSmooth;
    private final double leastFeature;
    private final double noise;
    private final Deadline deadline;

    /**
     * @param profileFits whether the point spread function describes the spectrogram
     * @param noise by how much the variance of the pixels about their model is larger than their noise
     */
    public PriorSearch(
            PixelEquations pixels,
            ExpectedSpectrum expectation,
            Template template,
            boolean profileFits,
            double noise,
            Deadline deadline) {
        this.pixels = pixels;
        this.work = pixels.matrix().copy();
        this.expectation = expectation;
        this.template = template;
        this.leastSmooth = profileFits ? LEAST_SMOOTH : LEAST_SMOOTH_POOR;
        this.leastFeature = profileFits ? LEAST_FEATURE : LEAST_FEATURE_POOR;
        this.noise = noise;
        this.deadline = deadline;
    }

    private double cost(PriorWidths widths) {
        deadline.check();
        SpectrumPrior prior = expectation.prior(widths, template);
        return expectation.hasReference() ? pixels.likelihood(prior, work, noise) : pixels.crossValidation(prior, work);
    }

    /** The best widths: one at a time, by steps and a parabola through the best three. */
    public PriorWidths search(PriorWidths start) {
        PriorWidths best = along(moved(start, 1, 0), 0);
        return expectation.hasReference() ? along(best, 1) : best;
    }

    private PriorWidths along(PriorWidths start, int axis) {
        double middle = cost(start);
        double up = cost(moved(start, axis, STEP));
        double down = cost(moved(start, axis, -STEP));
        PriorWidths at = start;
        for (int move = 0; move < MAX_MOVES && (up < middle || down < middle); move++) {
            int sign = up < down ? 1 : -1;
            PriorWidths next = moved(at, axis, sign * STEP);
            if (next.equals(at)) {
                return at;
            }
            at = next;
            double far = cost(moved(at, axis, sign * STEP));
            double previous = middle;
            middle = sign > 0 ? up : down;
            up = sign > 0 ? far : previous;
            down = sign > 0 ? previous : far;
        }
        double curvature = up - 2 * middle + down;
        double offset = curvature > 0 ? 0.5 * (down - up) / curvature : 0;
        return moved(at, axis, Math.max(-1, Math.min(1, offset)) * STEP);
    }

    private PriorWidths moved(PriorWidths w, int axis, double step) {
        double factor = Math.exp(step);
        return axis == 0
                ? new PriorWidths(Math.min(MOST, Math.max(leastSmooth, w.smooth() * factor)), w.feature())
                : new PriorWidths(w.smooth(), Math.min(MOST, Math.max(leastFeature, w.feature() * factor)));
    }
}
