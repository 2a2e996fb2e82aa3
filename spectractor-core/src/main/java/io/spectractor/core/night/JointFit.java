package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits the atmosphere of a night and the throughput of its instruments to all spectra at once. Immutable, deterministic: threads
 * share the spectra, the sums are formed in their order.
 *
 * <p>Columns too far from the model are left out and judged afresh in every round. Where the rest of a spectrum scatters
 * more than its covariance says, a relative error of the model is added until chi2 equals the degrees of freedom.
 */
public final class JointFit {
    private static final int MAX_ROUNDS = 8;
    private static final int MIN_COLUMNS = 60;

    private final AtmosphereModel atmosphere;
    private final JointSettings settings;

    public JointFit(AtmosphereModel atmosphere, JointSettings settings) {
        this.atmosphere = atmosphere;
        this.settings = settings;
    }

    /** The settings. */
    public JointSettings settings() {
        return settings;
    }

    /**
     * Fits.
     *
     * @param night spectra of one night, at least one
     * @throws IllegalArgumentException if airmass or pressure of a spectrum is outside the model's range
     * @throws FitException if a spectrum has too few usable columns, or its covariance is not positive definite
     */
    public JointResult fit(List<NightSpectrum> night, Deadline deadline) {
        return begin(night).run(deadline, MAX_ROUNDS);
    }

    /**
     * Fits again with the layout of a forecast, from where that leads, with its outliers and errors of the model, so that the values of
     * chi2 can be compared.
     */
    static JointResult again(JointResult forecast, Deadline deadline) {
        return JointSearch.from(forecast).run(deadline, 0);
    }

    private JointSearch begin(List<NightSpectrum> night) {
        if (night.isEmpty()) {
            throw new FitException(FitException.Reason.NOT_ENOUGH_DATA, "there are no spectra to fit");
        }
        List<NightSpectrum> spectra = new ArrayList<>();
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (NightSpectrum s : night) {
            NightSpectrum within = s.within(settings.minNm(), settings.maxNm());
            if (within.usableCount() < MIN_COLUMNS) {
                throw new FitException(
                        FitException.Reason.NOT_ENOUGH_DATA,
                        s.name() + ": only " + within.usableCount() + " good columns between " + settings.minNm()
                                + " and " + settings.maxNm() + " nm; a joint fit needs " + MIN_COLUMNS);
            }
            atmosphere.ranges().airmass().require(s.airmass());
            atmosphere.ranges().pressure().require(s.pressureHPa());
            for (int i = 0; i < within.size(); i++) {
                if (within.usable()[i]) {
                    min = Math.min(min, within.lambdaNm()[i]);
                    max = Math.max(max, within.lambdaNm()[i]);
                }
            }
            spectra.add(within);
        }
        ThroughputBasis basis = ThroughputBasis.of(settings.throughput(), min, max, settings.stepNm());
        NightLayout layout = new NightLayout(settings, basis, TableOzone.of(atmosphere), spectra);
        List<SpectrumWork> works = new ArrayList<>();
        for (NightSpectrum s : spectra) {
            works.add(new SpectrumWork(atmosphere, s, layout));
        }
        return new JointSearch(layout, works, new AtmosphereLimits(atmosphere.ranges()));
    }

    /** Runs something for every number below a count, in parallel, and keeps the order of the results. */
    static SpectrumSums[] forAll(int count, java.util.function.IntFunction<SpectrumSums> task) {
        SpectrumSums[] out = new SpectrumSums[count];
        IntStream.range(0, count).parallel().forEach(k -> out[k] = task.apply(k));
        return out;
    }

    /** A copy of each row. */
    static List<double[]> copy(List<double[]> rows) {
        List<double[]> out = new ArrayList<>();
        for (double[] row : rows) {
            out.add(Arrays.copyOf(row, row.length));
        }
        return out;
    }
}
