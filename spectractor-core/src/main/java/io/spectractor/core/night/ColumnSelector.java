package io.spectractor.core.night;

import io.spectractor.core.fit.RobustStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Decides after each round which columns count and how wrong the model of each spectrum is. */
final class ColumnSelector {
    private static final double WING_SIGMA = 1;
    private static final int RUN = 5;

    private static final double SAME = 0.1;
    private static final double SYSTEMATIC = 0.005;
    private static final double SYSTEMATIC_REACH_NM = 40;

    private final double clip;

    ColumnSelector(double clip) {
        this.clip = clip;
    }

    /**
     * Judges all spectra anew.
     *
     * @param free parameters per spectrum
     * @return whether everything stayed as it was
     */
    boolean judge(List<SpectrumWork> works, double free) {
        boolean[] same = new boolean[works.size()];
        IntStream.range(0, works.size()).parallel().forEach(k -> same[k] = judge(works.get(k), free));
        boolean all = true;
        for (boolean s : same) {
            all &= s;
        }
        return all;
    }

    private boolean judge(SpectrumWork work, double free) {
        int[] before = work.columns();
        boolean[] good = good(work);
        int[] after = SpectrumWork.columns(good);
        boolean same = Arrays.equals(before, after);
        if (!same) {
            work.use(good);
        }
        if (work.spectrum().covariance().halfWidth() == 0) {
            same &= settledRinging(work, good);
            return same;
        }
        ModelNoise found = NoiseSearch.find(work, after.length - free);
        if (found.near(work.noise())) {
            return same;
        }
        work.noise().set(found.rough(), found.smooth(), found.reachNm());
        work.refactor();
        return false;
    }

    /** Noise of a spectrum without covariance; true if it is as it was. */
    private static boolean settledRinging(SpectrumWork work, boolean[] good) {
        int n = good.length;
        double[] expected = work.expected();
        double[] relative = new double[n];
        for (int i = 0; i < n; i++) {
            relative[i] = expected[i] > 0 ? work.residual(i) / expected[i] : 0;
        }
        RingingNoise old = work.noise().ringing();
        RingingNoise found = RingingNoise.of(relative, good);
        double change = 0;
        for (int i = 0; old != null && i < n; i++) {
            change = Math.max(change, good[i] ? Math.abs(Math.log(found.size(i) / old.size(i))) : 0);
        }
        if (old != null && change < SAME) {
            return true;
        }
        work.noise().ringing(found);
        work.noise().set(0, SYSTEMATIC, SYSTEMATIC_REACH_NM);
        work.refactor();
        return false;
    }

    private boolean[] good(SpectrumWork work) {
        NightSpectrum s = work.spectrum();
        int n = s.size();
        boolean[] good = s.usable().clone();
        double[] pulls = new double[n];
        double[] sizes = new double[n];
        Arrays.fill(sizes, Double.NaN);
        double[] sigma = new double[n];
        for (int i = 0; i < n; i++) {
            sigma[i] = Math.sqrt(work.variance(i));
        }
        for (int i : work.columns()) {
            sizes[i] = Math.abs(work.residual(i)) / sigma[i];
        }
        double scatter = Math.max(1, RobustStatistics.MAD_TO_SIGMA * RobustStatistics.median(sizes));
        for (int i = 0; i < n; i++) {
            pulls[i] = good[i] ? work.residual(i) / (scatter * sigma[i]) : 0;
        }
        double[] runs = runs(work, s.usable(), sigma, scatter);
        for (int i = 0; i < n; i++) {
            if (Math.abs(pulls[i]) > clip) {
                drop(pulls, good, i);
            }
            if (Math.abs(runs[i]) > clip) {
                drop(runs, good, i);
            }
        }
        return good;
    }

    /** Drops an outlier and those beside it that it pulls along: a star in the trace spoils its flanks too. */
    private static void drop(double[] pulls, boolean[] good, int outlier) {
        double sign = Math.signum(pulls[outlier]);
        for (int direction = -1; direction <= 1; direction += 2) {
            for (int i = outlier; i >= 0 && i < good.length && sign * pulls[i] > WING_SIGMA; i += direction) {
                good[i] = false;
            }
        }
    }

    /** Means of a few neighbours, in their sigmas, at the middle of each run. */
    private static double[] runs(SpectrumWork work, boolean[] usable, double[] sigma, double scatter) {
        int n = usable.length;
        double[] out = new double[n];
        for (int i = RUN / 2; i < n - RUN / 2; i++) {
            double sum = 0;
            double variance = 0;
            boolean whole = true;
            for (int a = i - RUN / 2; a <= i + RUN / 2; a++) {
                whole &= usable[a];
            }
            for (int a = i - RUN / 2; whole && a <= i + RUN / 2; a++) {
                sum += work.residual(a) / sigma[a];
                for (int b = i - RUN / 2; b < a; b++) {
                    variance += 2 * work.covariance(a, b) / (sigma[a] * sigma[b]);
                }
                variance += 1;
            }
            out[i] = whole && variance > 0 ? sum / (scatter * Math.sqrt(variance)) : 0;
        }
        return out;
    }
}
