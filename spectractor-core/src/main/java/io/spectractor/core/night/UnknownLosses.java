package io.spectractor.core.night;

import java.util.Arrays;
import java.util.List;

/**
 * Where a layout has the parameters of losses that are neither the air's nor a smooth factor on the throughput: the ozone that the table
 * of each instrument lacks ({@link TableOzone}), and the slope of what grows with airmass in each night ({@link AirmassLosses}). They
 * stand behind all other parameters of all spectra, their derivatives behind all others.
 */
final class UnknownLosses {
    private final JointSettings settings;
    private final TableOzone curve;
    private final List<String> instruments;
    private final List<Long> nights;
    private final int first;
    private final int firstBase;

    /**
     * @param first place of the first of their parameters
     * @param firstBase column of the first of their derivatives
     */
    UnknownLosses(
            JointSettings settings,
            TableOzone curve,
            List<String> instruments,
            List<Long> nights,
            int first,
            int firstBase) {
        this.settings = settings;
        this.curve = curve;
        this.instruments = instruments;
        this.nights = nights;
        this.first = first;
        this.firstBase = firstBase;
    }

    /** Whether the tabulated throughput may have ozone in it. */
    boolean hasTableOzone() {
        return settings.tableOzoneDu() > 0;
    }

    /** Whether there are losses that grow with airmass. */
    boolean hasSlope() {
        return settings.extinctionSlope() > 0;
    }

    /** Number of parameters. */
    int parameters() {
        return (hasTableOzone() ? instruments.size() : 0) + (hasSlope() ? nights.size() : 0);
    }

    /** Number of derivatives. */
    int bases() {
        return (hasTableOzone() ? 1 : 0) + (hasSlope() ? 1 : 0);
    }

    /** The curve of the ozone in a table. */
    TableOzone curve() {
        return curve;
    }

    /** Place of what the table of an instrument lacks; only where it may. */
    int tableOzone(String instrument) {
        return first + instruments.indexOf(instrument);
    }

    /** Place of the slope of the night of a spectrum; only where there is one. */
    int slope(NightSpectrum s) {
        return first + (hasTableOzone() ? instruments.size() : 0) + nights.indexOf(NightLayout.evening(s));
    }

    /** Ozone that the table of an instrument lacks, DU. */
    double tableOzone(double[] all, String instrument) {
        return hasTableOzone() ? all[tableOzone(instrument)] : 0;
    }

    /** Slope of the night of a spectrum, per airmass. */
    double slope(double[] all, NightSpectrum s) {
        return hasSlope() ? all[slope(s)] : 0;
    }

    private int slopeBase() {
        return firstBase + (hasTableOzone() ? 1 : 0);
    }

    /** Puts the values of a spectrum at their derivatives' places. */
    void factors(double[] factors, double[] all, NightSpectrum s) {
        if (hasTableOzone()) {
            factors[firstBase] = tableOzone(all, s.instrument());
        }
        if (hasSlope()) {
            factors[slopeBase()] = slope(all, s);
        }
    }

    /** Adds the parameters that a spectrum depends on. */
    void addEntries(List<NightLayout.Entry> entries, NightSpectrum s) {
        if (hasTableOzone()) {
            entries.add(new NightLayout.Entry(tableOzone(s.instrument()), firstBase, 1));
        }
        if (hasSlope()) {
            entries.add(new NightLayout.Entry(slope(s), slopeBase(), 1));
        }
    }

    /** Sets the standard deviations of the priors. */
    void spreads(double[] spreads) {
        int slopes = first + (hasTableOzone() ? instruments.size() : 0);
        Arrays.fill(spreads, first, slopes, settings.tableOzoneDu());
        Arrays.fill(spreads, slopes, first + parameters(), settings.extinctionSlope());
    }

    /** Sets the derivatives of one column, of a flux at a wavelength in nm, whose number among those that count is given. */
    void derivatives(double[][] bases, int column, NightSpectrum s, double lambdaNm, double flux) {
        if (hasTableOzone()) {
            bases[firstBase][column] = -curve.perDu(lambdaNm) * flux;
        }
        if (hasSlope()) {
            bases[slopeBase()][column] = -s.airmass() * AirmassLosses.shape(lambdaNm) * flux;
        }
    }
}
