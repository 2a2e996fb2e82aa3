package io.spectractor.core.night;

import java.util.List;

/** Priors of the parameters and which of them are held, at one point. */
final class NightPrior {
    private final double[] all;
    private final List<double[]> own;
    private final double[] means;
    private final double[] weights;
    private final double[] ownMeans;
    private final double[][] ownWeights;
    private final boolean[] held;
    private final boolean[][] ownHeld;
    private final double[] greyMeans;
    private boolean holds;

    NightPrior(
            NightLayout layout,
            List<NightSpectrum> spectra,
            double[] all,
            List<double[]> own,
            double[] ownMeanGrey,
            boolean[] heldByBounds,
            boolean[][] ownHeldByBounds) {
        this.all = all;
        this.own = own;
        this.means = layout.globalMeans();
        this.ownMeans = layout.localMeans();
        double[] spreads = layout.globalSpreads();
        this.weights = new double[spreads.length];
        this.held = new boolean[spreads.length];
        for (int i = 0; i < spreads.length; i++) {
            held[i] = !(spreads[i] > 0) || heldByBounds[i];
            holds |= heldByBounds[i];
            weights[i] = spreads[i] > 0 ? 1 / (spreads[i] * spreads[i]) : 0;
        }
        this.ownWeights = new double[spectra.size()][];
        this.ownHeld = new boolean[spectra.size()][];
        for (int k = 0; k < spectra.size(); k++) {
            double[] s = layout.localSpreads(spectra.get(k));
            ownWeights[k] = new double[s.length];
            ownHeld[k] = new boolean[s.length];
            for (int l = 0; l < s.length; l++) {
                ownHeld[k][l] = !(s[l] > 0) || ownHeldByBounds[k][l];
                holds |= ownHeldByBounds[k][l];
                ownWeights[k][l] = s[l] > 0 ? 1 / (s[l] * s[l]) : 0;
            }
        }
        this.greyMeans = ownMeanGrey;
    }

    /** The same with nothing held by a bound. */
    NightPrior without(List<NightSpectrum> spectra, NightLayout layout) {
        return new NightPrior(
                layout,
                spectra,
                all,
                own,
                greyMeans,
                new boolean[all.length],
                new boolean[own.size()][layout.locals()]);
    }

    /** Whether a bound holds anything. */
    boolean holds() {
        return holds;
    }

    boolean globalHeld(int i) {
        return held[i];
    }

    double globalWeight(int i) {
        return weights[i];
    }

    double globalPull(int i) {
        return weights[i] * (means[i] - all[i]);
    }

    boolean localHeld(int k, int l) {
        return ownHeld[k][l];
    }

    double localWeight(int k, int l) {
        return ownWeights[k][l];
    }

    double localPull(int k, int l) {
        double mean = l == NightLayout.GREY ? greyMeans[k] : ownMeans[l];
        return ownWeights[k][l] * (mean - own.get(k)[l]);
    }

    /** What the priors add to chi2. */
    double cost() {
        return costAt(all, own);
    }

    private double costAt(double[] at, List<double[]> ownAt) {
        double sum = costAt(at);
        for (int k = 0; k < ownAt.size(); k++) {
            sum += costAt(k, ownAt.get(k));
        }
        return sum;
    }

    /** What those of the parameters of all spectra add anywhere. */
    double costAt(double[] at) {
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            sum += weights[i] * (at[i] - means[i]) * (at[i] - means[i]);
        }
        return sum;
    }

    /** What those of one spectrum add anywhere. */
    double costAt(int k, double[] ownAt) {
        double sum = 0;
        for (int l = 0; l < ownAt.length; l++) {
            double mean = l == NightLayout.GREY ? greyMeans[k] : ownMeans[l];
            sum += ownWeights[k][l] * (ownAt[l] - mean) * (ownAt[l] - mean);
        }
        return sum;
    }

    /** How many parameters are free. */
    int free() {
        int count = 0;
        for (boolean h : held) {
            count += h ? 0 : 1;
        }
        for (boolean[] row : ownHeld) {
            for (boolean h : row) {
                count += h ? 0 : 1;
            }
        }
        return count;
    }

    /** Natural logarithm of the product of the weights of what is free. */
    double logWeights() {
        double sum = 0;
        for (int i = 0; i < held.length; i++) {
            sum += held[i] ? 0 : Math.log(weights[i]);
        }
        for (int k = 0; k < ownHeld.length; k++) {
            for (int l = 0; l < ownHeld[k].length; l++) {
                sum += ownHeld[k][l] ? 0 : Math.log(ownWeights[k][l]);
            }
        }
        return sum;
    }
}
