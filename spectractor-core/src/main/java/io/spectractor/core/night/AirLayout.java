package io.spectractor.core.night;

import java.util.Arrays;
import java.util.List;

/**
 * Where the air of a night stands among the parameters. A quantity has values among the parameters of all spectra (one for the night, one
 * for each night, or a level and a slope), or a value among those of each spectrum. Aerosols that scatter from spectrum to spectrum
 * have both: a level or a line, and for each spectrum the deviation from it.
 *
 * <p>As the air moves on in hours, not in minutes, most of the scatter is common to spectra that follow each other. It is that of a process
 * whose correlation falls by e within a memory m (Ornstein and Uhlenbeck), over a night of length T = L m: its first waves,
 * sqrt(2) cos(j pi t / T), are parameters of all spectra. Their variances in units of the scatter's are the double integral of two cosines and
 * exp(-|t - s| / m) over the night, 2 / (L w) - 4 (1 - (-1)^j exp(-L)) / (L w)² with w = 1 + (j pi / L)²; the second part is
 * what the ends of the night take away, a third of the first wave's. What is left of the variance about the mean of the night,
 * 1 - 2 / L + 2 (1 - exp(-L)) / L² in all, is that of the deviations of single spectra.
 */
final class AirLayout {
    private static final double HOURS_PER_DAY = 24;
    private static final int NONE = -1;

    /** Parameters that stand for scatter that is common to spectra of the same hours. */
    static final int WAVES = 3;
    /** Time within which aerosols forget what they were. */
    private static final double MEMORY_H = 2;
    /** A night, in units of the memory, in which nothing moves. */
    private static final double SHORT = 1e-3;

    private static final double LEAST_REST = 1e-4;

    private final JointSettings settings;
    private final List<Long> nights;
    private final double meanMjd;
    private final double firstMjd;
    private final double hoursInAll;
    private final int wavesAt;
    private final int[] at = new int[AtmosphereQuantity.values().length];
    private final int[] deviationAt = new int[AtmosphereQuantity.values().length];
    private final int globals;
    private final int locals;

    /**
     * A layout.
     *
     * @param nights evenings of the spectra, in their order
     * @param mjd times of the spectra
     * @param firstLocal place of the first of the parameters of a spectrum; those of all begin at 0
     */
    AirLayout(JointSettings settings, List<Long> nights, double[] mjd, int firstLocal) {
        this.settings = settings;
        this.nights = nights;
        this.meanMjd = Arrays.stream(mjd).average().orElse(0);
        this.firstMjd = Arrays.stream(mjd).min().orElse(0);
        this.hoursInAll = (Arrays.stream(mjd).max().orElse(0) - firstMjd) * HOURS_PER_DAY;
        int g = 0;
        int l = firstLocal;
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            boolean scatters = q == AtmosphereQuantity.AEROSOLS && settings.aerosolScatter() > 0;
            deviationAt[q.index()] = scatters ? l++ : NONE;
            at[q.index()] = g;
            switch (settings.timeVariation(q)) {
                case CONSTANT -> g += 1;
                case LINEAR -> g += 2;
                case EACH -> {
                    if (scatters) {
                        g += 1;
                    } else {
                        at[q.index()] = l++;
                    }
                }
                case NIGHTLY -> g += nights.size();
            }
        }
        this.wavesAt = g;
        this.globals = g + (scatters(AtmosphereQuantity.AEROSOLS) ? WAVES : 0);
        this.locals = l;
    }

    /** Number of parameters of all spectra. */
    int globals() {
        return globals;
    }

    /** Number of parameters of a spectrum, those before the air included. */
    int locals() {
        return locals;
    }

    /** Whether each spectrum has a value that nothing ties to the others. */
    boolean free(AtmosphereQuantity q) {
        return settings.timeVariation(q) == TimeVariation.EACH && !scatters(q);
    }

    /** Whether each spectrum has a deviation from what all have in common. */
    boolean scatters(AtmosphereQuantity q) {
        return deviationAt[q.index()] != NONE;
    }

    /** Place of the deviation among the parameters of a spectrum; only of a quantity that scatters. */
    int deviation(AtmosphereQuantity q) {
        return deviationAt[q.index()];
    }

    /** Place of a quantity: among the parameters of all spectra, or, of a free one, among those of a spectrum. */
    int at(AtmosphereQuantity q) {
        return at[q.index()];
    }

    /** Place of a quantity among the parameters of all spectra, for one of them; not of a free one. */
    int at(AtmosphereQuantity q, NightSpectrum s) {
        return at(q)
                + (settings.timeVariation(q) == TimeVariation.NIGHTLY ? nights.indexOf(NightLayout.evening(s)) : 0);
    }

    /** How many values a quantity has among the parameters of all spectra, slopes apart. */
    int levels(AtmosphereQuantity q) {
        return switch (settings.timeVariation(q)) {
            case CONSTANT, LINEAR -> 1;
            case EACH -> free(q) ? 0 : 1;
            case NIGHTLY -> nights.size();
        };
    }

    /** Sets what a quantity has among the parameters of all spectra, slopes apart. */
    void fill(double[] all, AtmosphereQuantity q, double value) {
        for (int j = 0; j < levels(q); j++) {
            all[at(q) + j] = value;
        }
    }

    /** Hours from the middle of the night's exposures. */
    double hours(NightSpectrum s) {
        return (s.mjd() - meanMjd) * HOURS_PER_DAY;
    }

    /** A quantity above a spectrum. */
    double value(AtmosphereQuantity q, NightSpectrum s, double[] all, double[] own) {
        if (free(q)) {
            return own[at(q)];
        }
        double value = all[at(q, s)];
        if (settings.timeVariation(q) == TimeVariation.LINEAR) {
            value += all[at(q) + 1] * hours(s);
        }
        if (scatters(q)) {
            value += own[deviation(q)];
            for (int j = 0; j < WAVES; j++) {
                value += all[wavesAt + j] * wave(j, s);
            }
        }
        return value;
    }

    private double wave(int j, NightSpectrum s) {
        double part = hoursInAll > 0 ? (s.mjd() - firstMjd) * HOURS_PER_DAY / hoursInAll : 0.5;
        return Math.sqrt(2) * Math.cos((j + 1) * Math.PI * part);
    }

    /** Variance of a wave in units of the scatter's. */
    double waveVariance(int j) {
        double lengths = hoursInAll / MEMORY_H;
        if (lengths <= SHORT) {
            return 0;
        }
        double u = (j + 1) * Math.PI / lengths;
        double part = 1 / (lengths * (1 + u * u));
        double atTheEnds = j % 2 == 0 ? 1 + Math.exp(-lengths) : 1 - Math.exp(-lengths);
        return 2 * part - 4 * part * part * atTheEnds;
    }

    /** Standard deviation of the deviations of single spectra in units of the scatter. */
    double deviationPart() {
        double lengths = hoursInAll / MEMORY_H;
        double rest = lengths > SHORT ? 1 - 2 / lengths - 2 * Math.expm1(-lengths) / (lengths * lengths) : 1;
        for (int j = 0; j < WAVES; j++) {
            rest -= waveVariance(j);
        }
        return Math.sqrt(Math.max(rest, LEAST_REST));
    }

    /** Sets the derivatives of a quantity above a spectrum, by the parameters of all and by its own. */
    void derivatives(AtmosphereQuantity q, NightSpectrum s, double[] byAll, double[] byOwn) {
        if (free(q)) {
            byOwn[at(q)] = 1;
            return;
        }
        byAll[at(q, s)] = 1;
        if (settings.timeVariation(q) == TimeVariation.LINEAR) {
            byAll[at(q) + 1] = hours(s);
        }
        if (scatters(q)) {
            byOwn[deviation(q)] = 1;
            for (int j = 0; j < WAVES; j++) {
                byAll[wavesAt + j] = wave(j, s);
            }
        }
    }

    /** Adds the parameters of all spectra that one depends on. */
    void addGlobalEntries(List<NightLayout.Entry> entries, NightSpectrum s) {
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            int base = NightLayout.BASE_AIR + q.index();
            if (!free(q)) {
                entries.add(new NightLayout.Entry(at(q, s), base, 1));
            }
            if (settings.timeVariation(q) == TimeVariation.LINEAR) {
                entries.add(new NightLayout.Entry(at(q) + 1, base, hours(s)));
            }
            for (int j = 0; scatters(q) && j < WAVES; j++) {
                entries.add(new NightLayout.Entry(wavesAt + j, base, wave(j, s)));
            }
        }
    }

    /** Adds the parameters of a spectrum, in their order. */
    void addLocalEntries(List<NightLayout.Entry> entries) {
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            if (free(q) || scatters(q)) {
                entries.add(
                        new NightLayout.Entry(scatters(q) ? deviation(q) : at(q), NightLayout.BASE_AIR + q.index(), 1));
            }
        }
    }

    /** Sets means and standard deviations of the priors of the parameters of all spectra. */
    void globalPriors(double[] means, double[] spreads) {
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            fill(means, q, settings.priors().mean(q));
            fill(spreads, q, settings.priors().spread(q));
            if (settings.timeVariation(q) == TimeVariation.LINEAR) {
                spreads[at(q) + 1] = q.slopeSpread();
            }
            for (int j = 0; scatters(q) && j < WAVES; j++) {
                spreads[wavesAt + j] = settings.aerosolScatter() * Math.sqrt(waveVariance(j));
            }
        }
    }

    /** Sets means and standard deviations of the priors of the parameters of a spectrum. */
    void localPriors(double[] means, double[] spreads) {
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            if (free(q)) {
                means[at(q)] = settings.priors().mean(q);
                spreads[at(q)] = settings.priors().spread(q);
            } else if (scatters(q)) {
                spreads[deviation(q)] = settings.aerosolScatter() * deviationPart();
            }
        }
    }
}
