package io.spectractor.core.calibration;

import io.spectractor.core.calibration.GaussianLineFit.Line;
import io.spectractor.core.calibration.GaussianLineFit.Start;
import io.spectractor.core.config.LineConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fits every feature in the spectrum and, in the same way, in the reference, and compares the centres. */
final class FeatureMatcher {
    /** Centres of blends are not better than this, px. */
    private static final double ERROR_FLOOR_PX = 0.1;

    private final LineConfig config;
    private final Deadline deadline;

    FeatureMatcher(LineConfig config, Deadline deadline) {
        this.config = config;
        this.deadline = deadline;
    }

    List<FeatureShift> match(
            ColumnSpectrum spectrum,
            double[] rate,
            double[] expected,
            TraceGeometry geometry,
            List<LineFeature> features) {
        double fwhm = spectrum.meanFwhmPx();
        double half = Math.max(1.5 * fwhm, config.peakWidthPx());
        double scale = sum(rate) / Math.max(sum(expected), 1e-300);
        double[] scaled = new double[expected.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = expected[i] * scale;
        }
        List<FeatureShift> shifts = new ArrayList<>();
        for (LineFeature feature : features) {
            double centre = geometry.columnOf(feature.lambdaNm(), 1) - spectrum.firstColumn();
            if (centre < half || centre > rate.length - 1 - half) {
                continue;
            }
            int sign = feature.emission() ? 1 : -1;
            Optional<Line> observed = fit(spectrum, rate, centre, half, fwhm, sign);
            Optional<Line> reference = fit(spectrum, scaled, centre, half, fwhm, sign);
            if (observed.isEmpty() || reference.isEmpty()) {
                continue;
            }
            Line o = observed.get();
            Line r = reference.get();
            if (o.snr() < config.minSnr() || r.snr() < 1 || o.amplitude() * sign <= 0 || r.amplitude() * sign <= 0) {
                continue;
            }
            if (Double.isNaN(o.centreErr()) || o.centreErr() == 0 || o.centreErr() > half) {
                continue;
            }
            double shift = o.centre() - r.centre();
            shifts.add(new FeatureShift(
                    feature,
                    shift,
                    Math.hypot(o.centreErr(), ERROR_FLOOR_PX),
                    o.snr(),
                    spectrum.firstColumn() + centre + shift,
                    difference(o, r)));
        }
        return shifts;
    }

    /**
     * χ² per degree of freedom of the residuals without those that the reference has too: no feature is a Gaussian, and
     * what the reference knows of that is no error.
     */
    private double difference(Line observed, Line reference) {
        double[] o = observed.residuals();
        double[] r = reference.residuals();
        double ratio = observed.amplitude() / reference.amplitude();
        double sum = 0;
        for (int i = 0; i < o.length; i++) {
            double d = o[i] - ratio * r[i];
            sum += d * d;
        }
        int freedom = o.length - config.baselineDegree() - 4;
        return freedom > 0 ? sum / freedom : Double.NaN;
    }

    private Optional<Line> fit(
            ColumnSpectrum spectrum, double[] rate, double centre, double half, double fwhm, int sign) {
        double reach = half + config.baselineWidthPx();
        int from = (int) Math.max(0, Math.ceil(centre - reach));
        int to = (int) Math.min(rate.length - 1, Math.floor(centre + reach));
        int n = 0;
        for (int i = from; i <= to; i++) {
            n += spectrum.flags()[i] == 0 ? 1 : 0;
        }
        double[] x = new double[n];
        double[] y = new double[n];
        double[] e = new double[n];
        int k = 0;
        for (int i = from; i <= to; i++) {
            if (spectrum.flags()[i] == 0) {
                x[k] = i;
                y[k] = rate[i];
                e[k++] = spectrum.error(i);
            }
        }
        if (n < config.baselineDegree() + 6) {
            return Optional.empty();
        }
        double width = fwhm / 2.3548;
        Start start = new Start(centre, 0.8 * half, 1.2 * width, 0.6 * width, 2.5 * width, sign);
        return new GaussianLineFit(x, y, e, config.baselineDegree())
                .fit(new Start[] {start}, deadline)
                .map(lines -> lines[0]);
    }

    private static double sum(double[] y) {
        double sum = 0;
        for (double v : y) {
            sum += v;
        }
        return sum;
    }
}
