package io.spectractor.core.extraction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the spectra of two stars side by side: mean profiles of blocks of columns that two profiles of one shape explain
 * at one distance all along, and a single one does not. What is under a part of the spectrum only, a star of the field, is
 * none, and no wing of a profile is as bright as what counts here. Stateless.
 */
final class PairSearch {
    /** Misfit of a plain profile, of the block's peak. */
    private static final double PROFILE_ERROR = 0.03;

    private static final double[] FWHM_PX = {1.8, 2.2, 2.7, 3.3, 4, 5, 6, 7.5, 9.5, 12};
    private static final double STEP_PX = 0.5;
    /** How far the prediction may be from the trace at one end more than at the other, px. */
    private static final double[] DRIFT_PX = {0, -1.5, 1.5, -3, 3, -4.5, 4.5};
    /** Steps in which the best of them is moved then. */
    private static final double FINE_PX = 0.75;

    private static final double FINEST_PX = 0.3;
    /** Distance of the two from which they can be told apart, in FWHM and px. */
    private static final double NEAREST_FWHM = 0.8;

    private static final double NEAREST_PX = 2.5;
    /** Light of the fainter one over that of the brighter from which it counts, and in how much of the spectrum. */
    private static final double LEAST_LIGHT = 0.08;

    private static final double LEAST_BLOCKS = 0.7;
    private static final double SIGNIFICANT = 5;
    /** Misfit of a single profile, per row and block, from which two are tried, and how much less two must leave. */
    private static final double MISFIT = 1.5;

    private static final double BETTER = 2.5;

    private PairSearch() {}

    /**
     * Two ridges.
     *
     * @param line the line that they are parallel to: offset from the middle of the window per column, px
     * @param brightPx rows of the brighter one above the line
     * @param faintPx rows of the fainter one above it
     */
    record Ridges(double[] line, double brightPx, double faintPx) {}

    /**
     * Looks along some lines.
     *
     * @param profiles mean profiles of the blocks of a window, by {@link TraceSearch#profiles}
     * @param ridge offset of the brightest ridge from the middle of the window per column, px; it may jump between the two
     * @return none where a single ridge is enough
     */
    static Optional<Ridges> find(ProfileWindow window, double[][] profiles, double[] ridge) {
        int reach = window.rows / 2 - 1;
        List<double[]> lines = new ArrayList<>(List.of(ridge));
        for (double drift : DRIFT_PX) {
            lines.add(line(ridge.length, drift));
        }
        double single = Double.POSITIVE_INFINITY;
        for (double[] line : lines) {
            Block[] blocks = blocks(window, profiles, line);
            if (blocks.length < TraceSearch.BLOCKS / 2) {
                return Optional.empty();
            }
            single = Math.min(single, single(blocks, reach).chi2);
            if (single < MISFIT * blocks.length * window.rows) {
                return Optional.empty();
            }
        }
        Trial best = Trial.NONE;
        double[] along = ridge;
        for (double[] line : lines) {
            Trial pair = pair(blocks(window, profiles, line), reach, best);
            along = pair.chi2 < best.chi2 ? line : along;
            best = pair;
        }
        if (!(best.chi2 * BETTER < single)) {
            return Optional.empty();
        }
        for (double step = FINE_PX; step > FINEST_PX; step /= 2) {
            for (double drift : new double[] {-step, step}) {
                double[] line = sum(along, line(along.length, drift));
                Trial pair = pair(blocks(window, profiles, line), reach, best);
                along = pair.chi2 < best.chi2 ? line : along;
                best = pair;
            }
        }
        return ridges(along, blocks(window, profiles, along), best);
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int c = 0; c < sum.length; c++) {
            sum[c] += b[c];
        }
        return sum;
    }

    /** A line that drifts so far from the prediction from one end to the other. */
    private static double[] line(int columns, double drift) {
        double[] line = new double[columns];
        for (int c = 0; c < columns; c++) {
            line[c] = drift * ((double) c / columns - 0.5);
        }
        return line;
    }

    private static Trial single(Block[] blocks, int reach) {
        Trial best = Trial.NONE;
        for (double fwhm : FWHM_PX) {
            for (double at = -reach; at <= reach; at += STEP_PX) {
                best = best.orBetter(blocks, at, Double.NaN, fwhm);
            }
        }
        return best;
    }

    private static Trial pair(Block[] blocks, int reach, Trial start) {
        Trial best = start;
        for (double fwhm : FWHM_PX) {
            double nearest = Math.max(NEAREST_PX, NEAREST_FWHM * fwhm);
            for (double at = -reach; at <= reach; at += STEP_PX) {
                for (double other = at + nearest; other <= reach; other += STEP_PX) {
                    best = best.orBetter(blocks, at, other, fwhm);
                }
            }
        }
        return best;
    }

    private static Optional<Ridges> ridges(double[] line, Block[] blocks, Trial pair) {
        double lower = 0;
        double upper = 0;
        int both = 0;
        double[] light = new double[2];
        for (Block block : blocks) {
            block.misfit(pair.at, pair.other, pair.fwhm, light);
            lower += light[0];
            upper += light[1];
            double fainter = Math.min(light[0], light[1]);
            both += fainter > LEAST_LIGHT * Math.max(light[0], light[1]) && fainter > SIGNIFICANT * block.noise ? 1 : 0;
        }
        boolean holds =
                both >= LEAST_BLOCKS * blocks.length && Math.min(lower, upper) > LEAST_LIGHT * Math.max(lower, upper);
        if (!holds) {
            return Optional.empty();
        }
        return Optional.of(
                lower > upper ? new Ridges(line, pair.at, pair.other) : new Ridges(line, pair.other, pair.at));
    }

    /** Blocks with light. */
    private static Block[] blocks(ProfileWindow window, double[][] profiles, double[] line) {
        Block[] blocks = new Block[profiles.length];
        int n = 0;
        for (int b = 0; b < profiles.length; b++) {
            int from = b * window.columns / profiles.length;
            int to = (b + 1) * window.columns / profiles.length;
            if (to - from > 1) {
                Block block = Block.of(window, profiles[b], from, to, line[(from + to) / 2]);
                if (block.peak > SIGNIFICANT * block.noise) {
                    blocks[n++] = block;
                }
            }
        }
        return Arrays.copyOf(blocks, n);
    }

    /**
     * What places and a width leave.
     *
     * @param other NaN for a single profile
     */
    private record Trial(double chi2, double at, double other, double fwhm) {
        static final Trial NONE = new Trial(Double.POSITIVE_INFINITY, 0, Double.NaN, 1);

        Trial orBetter(Block[] blocks, double newAt, double newOther, double newFwhm) {
            double sum = 0;
            double[] light = new double[2];
            for (Block block : blocks) {
                sum += block.misfit(newAt, newOther, newFwhm, light);
                if (sum >= chi2) {
                    return this;
                }
            }
            return new Trial(sum, newAt, newOther, newFwhm);
        }
    }

    /** The mean profile of some columns. */
    private static final class Block {
        private final double[] profile;
        /** Row of the line, in the window. */
        private final double middle;
        /** 1σ of a row's value, ADU/s. */
        final double noise;

        final double peak;
        private final double sum;
        private final double square;
        private final double weight;

        private Block(double[] profile, double middle, double noise, double peak) {
            this.profile = profile;
            this.middle = middle;
            this.noise = noise;
            this.peak = peak;
            this.sum = Arrays.stream(profile).sum();
            this.square = Arrays.stream(profile).map(v -> v * v).sum();
            this.weight = 1 / (noise * noise + PROFILE_ERROR * PROFILE_ERROR * peak * peak);
        }

        static Block of(ProfileWindow window, double[] profile, int from, int to, double offset) {
            double peak = Arrays.stream(profile).max().orElse(0);
            int centre = (from + to) / 2 * window.rows + window.rows / 2;
            // of a median of so many pixels
            double variance = window.variance(centre, Math.max(0, peak)) * Math.PI / 2 / (to - from);
            return new Block(profile, window.rows / 2.0 - 0.5 + offset, Math.sqrt(variance), peak);
        }

        /** χ² of one or two profiles and a constant, with the peaks that fit best, none of them negative. */
        double misfit(double at, double other, double fwhm, double[] light) {
            boolean two = !Double.isNaN(other);
            double inverse = 4 * (Math.sqrt(2) - 1) / (fwhm * fwhm);
            int n = profile.length;
            double a = 0;
            double aa = 0;
            double ab = 0;
            double av = 0;
            double b = 0;
            double bb = 0;
            double bv = 0;
            for (int k = 0; k < n; k++) {
                double p = profile(k - middle - at, inverse);
                a += p;
                aa += p * p;
                av += p * profile[k];
                if (two) {
                    double q = profile(k - middle - other, inverse);
                    b += q;
                    bb += q * q;
                    ab += p * q;
                    bv += q * profile[k];
                }
            }
            // the constant is the mean of what is left
            aa -= a * a / n;
            av -= a * sum / n;
            bb -= b * b / n;
            bv -= b * sum / n;
            ab -= a * b / n;
            double determinant = aa * bb - ab * ab;
            light[0] = two ? (av * bb - bv * ab) / determinant : -1;
            light[1] = two ? (bv * aa - av * ab) / determinant : -1;
            if (!(light[0] > 0 && light[1] > 0)) {
                light[0] = Math.max(0, av / aa);
                light[1] = 0;
            }
            double gain = light[0] * av + light[1] * bv;
            return Math.max(0, square - sum * sum / n - gain) * weight;
        }

        /** A row of the image of a point source: Moffat's profile of exponent 2.5, summed along the other axis. */
        private static double profile(double dy, double inverse) {
            double u = 1 + dy * dy * inverse;
            return 1 / (u * u);
        }
    }
}
