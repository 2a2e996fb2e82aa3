package io.spectractor.cli.night;

import io.spectractor.core.night.FittedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Bouguer's lines of an instrument: in bins of wavelength, the logarithm of the flux over that of the star above the atmosphere through
 * the tabulated telescope, less the grey factor of the joint fit, against airmass. The slope is the optical depth, the intercept
 * the logarithm of the factor on the tabulated throughput.
 *
 * @param instrument disperser and filter
 * @param bins in the order of their wavelengths
 */
record Bouguer(String instrument, List<Bin> bins) {
    private static final double WIDTH_NM = 5;
    private static final double LEAST_SPAN = 0.1;
    private static final int FEWEST = 4;
    private static final double MISSING = 0.5;

    /**
     * A bin.
     *
     * @param lambdaNm its middle, nm
     * @param airmass of the spectra
     * @param logRatio of the spectra
     * @param error of the ratios
     * @param intercept at no air
     * @param interceptError its standard deviation, scaled where the points scatter more than they say
     * @param slope by airmass
     * @param slopeError likewise
     * @param factor of the joint fit in the same bin
     */
    record Bin(
            double lambdaNm,
            double[] airmass,
            double[] logRatio,
            double[] error,
            double intercept,
            double interceptError,
            double slope,
            double slopeError,
            double factor) {}

    /** Lines of all bins that enough spectra have; none where the airmass hardly changes. */
    static Bouguer of(String instrument, List<NightTable.Row> rows, Map<String, FittedColumns> columns) {
        double low = rows.stream().mapToDouble(NightTable.Row::airmass).min().orElse(1);
        double high = rows.stream().mapToDouble(NightTable.Row::airmass).max().orElse(1);
        List<Bin> bins = new ArrayList<>();
        for (double from = 350; from < 1100 && high - low >= LEAST_SPAN; from += WIDTH_NM) {
            List<double[]> points = new ArrayList<>();
            double factor = 0;
            for (NightTable.Row row : rows) {
                FittedColumns c = columns.get(row.spectrum());
                double[] point = c == null ? new double[0] : point(c, from, row);
                if (point.length > 0) {
                    points.add(point);
                    factor += point[3];
                }
            }
            if (points.size() >= FEWEST) {
                bins.add(line(from + WIDTH_NM / 2, points, factor / points.size()));
            }
        }
        return new Bouguer(instrument, bins);
    }

    /** Airmass, logarithm, its error and the factor; nothing if half of the columns don't count. */
    private static double[] point(FittedColumns c, double from, NightTable.Row row) {
        double flux = 0;
        double variance = 0;
        double above = 0;
        double factor = 0;
        int all = 0;
        int used = 0;
        for (int i = 0; i < c.lambdaNm().length; i++) {
            if (c.lambdaNm()[i] >= from && c.lambdaNm()[i] < from + WIDTH_NM) {
                all++;
                if (c.used()[i] && c.above()[i] > 0) {
                    used++;
                    flux += c.flux()[i];
                    variance += c.sigma()[i] * c.sigma()[i];
                    above += c.above()[i];
                    factor += c.factor()[i];
                }
            }
        }
        double grey = row.grey().value();
        if (used < MISSING * all || used == 0 || !(flux > 0 && above > 0 && grey > 0)) {
            return new double[0];
        }
        return new double[] {row.airmass(), Math.log(flux / (above * grey)), Math.sqrt(variance) / flux, factor / used};
    }

    private static Bin line(double lambda, List<double[]> points, double factor) {
        double w = 0;
        double wx = 0;
        double wxx = 0;
        double wy = 0;
        double wxy = 0;
        for (double[] p : points) {
            double weight = 1 / (p[2] * p[2]);
            w += weight;
            wx += weight * p[0];
            wxx += weight * p[0] * p[0];
            wy += weight * p[1];
            wxy += weight * p[0] * p[1];
        }
        double det = w * wxx - wx * wx;
        double intercept = (wxx * wy - wx * wxy) / det;
        double slope = (w * wxy - wx * wy) / det;
        double chi2 = 0;
        for (double[] p : points) {
            double d = (p[1] - intercept - slope * p[0]) / p[2];
            chi2 += d * d;
        }
        double scale = Math.sqrt(Math.max(1, chi2 / Math.max(1, points.size() - 2)));
        return new Bin(
                lambda,
                points.stream().mapToDouble(p -> p[0]).toArray(),
                points.stream().mapToDouble(p -> p[1]).toArray(),
                points.stream().mapToDouble(p -> p[2]).toArray(),
                intercept,
                scale * Math.sqrt(wxx / det),
                slope,
                scale * Math.sqrt(w / det),
                factor);
    }
}
