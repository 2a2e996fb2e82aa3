package io.spectractor.catalogue.spectra;

import io.spectractor.calib.PassBand;
import io.spectractor.core.optics.TabulatedCurve;
import java.util.ArrayList;
import java.util.List;

/**
 * Synthetic photometry: the mean flux density of a spectrum in a band as a photon counter sees it,
 * f_ν = ∫ f_λ T λ dλ / (c ∫ T dλ / λ), whose AB magnitude is -2.5 log10 f_ν - 48.6 (Fukugita et al. 1996, AJ 111, 1748,
 * equation 7; Bessell & Murphy 2012, PASP 124, 140, equation A15).
 *
 * <p>The spectrum is linear between its columns, so the flux is a weighted sum of theirs, and its variance is w C w with
 * their full covariance C. Above the air the relative error of the transmission comes in as one that all columns share.
 */
final class BandPhotometry {
    /** A band of which less is seen has no flux. */
    static final double MIN_COVERAGE = 0.9;

    private static final double LIGHT_NM_PER_S = 2.99792458e17;
    private static final double NANOJANSKY = 1e-32;
    private static final double STEP_NM = 0.25;
    private static final double GAUSS = 0.5 / Math.sqrt(3);
    /** Columns further apart are a gap. */
    private static final double GAP_NM = 10;

    private final List<Band> bands;

    BandPhotometry(List<PassBand> bands) {
        this.bands = bands.stream().map(Band::new).toList();
    }

    /** A band with its curves. */
    private record Band(String name, Curve above, Curve below) {
        Band(PassBand band) {
            this(band.name(), new Curve(band.above()), new Curve(band.below()));
        }
    }

    /**
     * A curve to be asked at increasing wavelengths.
     *
     * @param whole its ∫ T dλ / λ
     */
    private record Curve(double[] lambda, double[] values, double whole) {
        Curve(TabulatedCurve curve) {
            this(curve.wavelengthsNm(), curve.values(), whole(curve.wavelengthsNm(), curve.values()));
        }

        private static double whole(double[] lambda, double[] values) {
            Curve curve = new Curve(lambda, values, Double.NaN);
            return new Walk(curve).weigh(new double[] {curve.min(), curve.max()}, 0, new double[2]);
        }

        double min() {
            return lambda[0];
        }

        double max() {
            return lambda[lambda.length - 1];
        }
    }

    /**
     * What is measured: n columns.
     *
     * @param wavelength nm, increasing
     * @param flux at the detector, erg/s/cm²/nm
     * @param covariance of the flux, n × n, row-major; or n variances
     * @param transmission share of the star's light that arrives from above the atmosphere, NaN where nothing does
     * @param transmissionErr its 1σ, which is common to all columns
     * @param instrument the part of it that is not the air's, NaN where not known
     */
    record Columns(
            double[] wavelength,
            double[] flux,
            double[] covariance,
            double[] transmission,
            double[] transmissionErr,
            double[] instrument) {}

    /** The bands of which enough is seen. */
    Photometry of(Columns columns) {
        List<String> names = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        double[] known = new double[columns.flux.length];
        for (Band band : bands) {
            Flux above = flux(columns, band.above(), columns.transmission, columns.transmissionErr);
            Flux below = flux(columns, band.below(), columns.instrument, known);
            if (above.coverage >= MIN_COVERAGE || below.coverage >= MIN_COVERAGE) {
                names.add(band.name());
                values.add(new double[] {above.value, above.err, below.value, below.err, above.coverage});
            }
        }
        return new Photometry(
                List.copyOf(names),
                column(values, 0),
                column(values, 1),
                column(values, 2),
                column(values, 3),
                column(values, 4));
    }

    private static double[] column(List<double[]> rows, int k) {
        return rows.stream().mapToDouble(row -> row[k]).toArray();
    }

    private record Flux(double value, double err, double coverage) {}

    private static Flux flux(Columns columns, Curve band, double[] divisor, double[] divisorErr) {
        double[] x = columns.wavelength;
        int n = x.length;
        double[] weight = new double[n];
        Walk walk = new Walk(band);
        double seen = 0;
        for (int i = 0; i + 1 < n; i++) {
            boolean usable =
                    usable(columns, divisor, i) && usable(columns, divisor, i + 1) && x[i + 1] - x[i] <= GAP_NM;
            if (usable && x[i + 1] >= band.min() && x[i] <= band.max()) {
                seen += walk.weigh(x, i, weight);
            }
        }
        double coverage = seen / band.whole;
        if (!(coverage >= MIN_COVERAGE)) {
            return new Flux(Double.NaN, Double.NaN, coverage);
        }
        double sum = 0;
        double common = 0;
        for (int i = 0; i < n; i++) {
            if (weight[i] != 0) {
                weight[i] /= divisor[i] * LIGHT_NM_PER_S * seen * NANOJANSKY;
                sum += weight[i] * columns.flux[i];
                common += weight[i] * columns.flux[i] * divisorErr[i] / divisor[i];
            }
        }
        return new Flux(sum, Math.sqrt(variance(columns.covariance, weight) + common * common), Math.min(1, coverage));
    }

    private static boolean usable(Columns columns, double[] divisor, int i) {
        return divisor[i] > 0 && Double.isFinite(columns.flux[i]);
    }

    /** Goes along a curve: a search for each wavelength took most of the time. */
    private static final class Walk {
        private final Curve band;
        private int upper;

        Walk(Curve band) {
            this.band = band;
        }

        /** Adds ∫ T λ dλ of an interval to the weights of its ends; returns its ∫ T dλ / λ. */
        double weigh(double[] x, int i, double[] weight) {
            double width = x[i + 1] - x[i];
            int pieces = (int) Math.ceil(width / STEP_NM);
            double step = width / pieces;
            double seen = 0;
            for (int k = 0; k < pieces; k++) {
                for (int side = -1; side <= 1; side += 2) {
                    double u = (k + 0.5 + side * GAUSS) / pieces;
                    double lambda = x[i] + u * width;
                    double counted = lambda < band.min() || lambda > band.max() ? 0 : at(lambda) * step / 2;
                    weight[i] += (1 - u) * counted * lambda;
                    weight[i + 1] += u * counted * lambda;
                    seen += counted / lambda;
                }
            }
            return seen;
        }

        /** Linear between the nodes, as the curve itself is. */
        private double at(double lambda) {
            double[] nodes = band.lambda;
            while (nodes[upper] < lambda) {
                upper++;
            }
            while (upper > 0 && nodes[upper - 1] >= lambda) {
                upper--;
            }
            if (upper == 0 || nodes[upper] == lambda) {
                return band.values[upper];
            }
            double t = (lambda - nodes[upper - 1]) / (nodes[upper] - nodes[upper - 1]);
            return band.values[upper - 1] + t * (band.values[upper] - band.values[upper - 1]);
        }
    }

    private static double variance(double[] covariance, double[] weight) {
        int n = weight.length;
        double sum = 0;
        if (covariance.length == n) {
            for (int i = 0; i < n; i++) {
                // a column outside of the band may have no variance
                sum += weight[i] == 0 ? 0 : weight[i] * weight[i] * covariance[i];
            }
            return sum;
        }
        for (int i = 0; i < n; i++) {
            if (weight[i] == 0) {
                continue;
            }
            double row = 0;
            for (int j = 0; j < n; j++) {
                row += weight[j] == 0 ? 0 : covariance[i * n + j] * weight[j];
            }
            sum += weight[i] * row;
        }
        return Math.max(0, sum);
    }
}
