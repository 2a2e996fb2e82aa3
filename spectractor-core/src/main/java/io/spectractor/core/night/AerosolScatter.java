package io.spectractor.core.night;

import io.spectractor.core.fit.Deadline;

/**
 * By how much aerosols scatter from spectrum to spectrum about a constant or a line, as a night tells it: the evidence as a function of the
 * amount, from the normal equations of one fit. That there is none is as likely beforehand as the odds say; if there is some, its logarithm
 * is as likely as a normal distribution about that of the usual amount says.
 *
 * <p>The usual amount decides what a night without a clear answer is taken for. If all factors between what no spectrum shows and what no
 * night has were as likely, a scatter of a few thousandths that follows airmass by chance would be taken for none: much of what
 * is averaged over would be amounts that the night excludes. Its aerosols would then have errors of a tenth of what they are off.
 *
 * <p>Aerosols that are taken as constant although they are not pass for clouds: an optical depth of 0.001 at 500 nm is a grey factor of
 * 0.0008, twice the error of one behind a constant atmosphere. Where the night leaves it open, grey factors have to carry what is left
 * open, averaged over all that the amount may be.
 */
final class AerosolScatter {
    private static final double LEAST = 6e-4;
    private static final double FACTOR = 1.4;
    private static final int AMOUNTS = 16;
    /** What aerosols do within a night, as an optical depth. MERRA-2 has a third of it above Chile, as the mean of a cell of 50 km. */
    private static final double USUAL = 0.01;
    /** Standard deviation of the logarithm: a factor of 2. */
    private static final double SPREAD = Math.log(2);

    private final double none;
    private final double some;
    private final double meanSquare;
    private final double meanVariance;

    private AerosolScatter(double none, double some, double meanSquare, double meanVariance) {
        this.none = none;
        this.some = some;
        this.meanSquare = meanSquare;
        this.meanVariance = meanVariance;
    }

    /**
     * Asks a night.
     *
     * @param fit of it
     * @param variation of the aerosols apart from the scatter, constant or linear
     */
    static AerosolScatter of(JointResult fit, TimeVariation variation, Deadline deadline) {
        LinearNight night = new LinearNight(fit);
        JointSettings settings = fit.settings()
                .withTimeVariation(AtmosphereQuantity.AEROSOLS, variation)
                .withAerosolScatter(0);
        double none = night.evidence(fit.layout().with(settings, fit.spectra())).logEvidence();
        double[] logs = new double[AMOUNTS];
        double[] variances = new double[AMOUNTS];
        double best = Double.NEGATIVE_INFINITY;
        double[] before = logsBefore();
        double amount = LEAST;
        for (int i = 0; i < AMOUNTS; i++) {
            deadline.check();
            NightLayout layout = fit.layout().with(settings.withAerosolScatter(amount), fit.spectra());
            JointSearch.Linear there = night.evidence(layout);
            logs[i] = there.logEvidence() + before[i];
            variances[i] =
                    varianceOfDeviation(layout, there.system(), fit.spectra().size());
            best = Math.max(best, logs[i]);
            amount *= FACTOR;
        }
        double sum = 0;
        double squares = 0;
        double variance = 0;
        amount = LEAST;
        for (int i = 0; i < AMOUNTS; i++) {
            double weight = Math.exp(logs[i] - best);
            sum += weight;
            squares += weight * amount * amount;
            variance += weight * variances[i];
            amount *= FACTOR;
        }
        double part = fit.layout().air().deviationPart();
        return new AerosolScatter(none, best + Math.log(sum), squares / sum, variance / sum / (part * part));
    }

    /** Natural logarithms of the probabilities of the amounts beforehand, which add up to 1. */
    private static double[] logsBefore() {
        double[] logs = new double[AMOUNTS];
        double sum = 0;
        double amount = LEAST;
        for (int i = 0; i < AMOUNTS; i++) {
            double off = Math.log(amount / USUAL) / SPREAD;
            logs[i] = -0.5 * off * off;
            sum += Math.exp(logs[i]);
            amount *= FACTOR;
        }
        for (int i = 0; i < AMOUNTS; i++) {
            logs[i] -= Math.log(sum);
        }
        return logs;
    }

    /** How far deviations of single spectra are left open by a fit with scatter: mean over the spectra, for known parameters of all. */
    private static double varianceOfDeviation(NightLayout layout, ArrowheadSystem system, int spectra) {
        int n = layout.locals();
        int at = layout.air().deviation(AtmosphereQuantity.AEROSOLS);
        double sum = 0;
        for (int k = 0; k < spectra; k++) {
            sum += system.conditional(k)[at * n + at];
        }
        return sum / spectra;
    }

    /** Logarithm of the evidence without scatter. */
    double logEvidenceOfNone() {
        return none;
    }

    /** Logarithm of the evidence with scatter, whatever its amount. */
    double logEvidence() {
        return some;
    }

    /** The amount, given that there is scatter: root of the mean of its square. */
    double amount() {
        return Math.sqrt(meanSquare);
    }

    /**
     * The amount that leaves deviations as open as they are if there may also be none.
     *
     * @param odds natural logarithm of the odds beforehand of none against some
     */
    double amount(double odds) {
        double probability = 1 / (1 + Math.exp(odds + none - some));
        return Math.sqrt(probability * meanVariance);
    }
}
