package io.spectractor.core.pipeline;

import io.spectractor.core.astrometry.FieldMatch;
import io.spectractor.core.astrometry.PlacedStar;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.KnownSource;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.outcome.Caveat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/**
 * Finds the stars of the table whose light falls into the window of a spectrum, and predicts that light: order 0 from the
 * magnitude and the zero point of the frame's orders 0, the dispersed orders from the target's spectrum and the difference in
 * magnitude, with the colour of a black body and the target's dispersion relation from their own order 0.
 */
final class KnownStars {
    /** Where the G band is taken to be, nm. */
    private static final double BAND_FIRST_NM = 500;

    private static final double BAND_LAST_NM = 780;
    private static final double SUN_K = 5772;
    /** hc/k, nm K. */
    private static final double HC_OVER_K = 1.438777e7;

    private static final int HIGHEST_ORDER = 3;
    /** 1σ of the light of an order 0 by its magnitude, and of a spectrum's at one wavelength: colours that no table has. */
    private static final double ORDER0_LIGHT = 0.2;

    private static final double SPECTRUM_LIGHT = 0.3;
    /** Expected significance below which a star makes no difference. */
    private static final double LEAST_SNR = 3;

    private static final int MOST_STARS = 10;

    private final ExposureOptics optics;
    private final FieldAstrometry field;
    private final CcdImage image;
    private final ColumnSpectrum spectrum;
    private final TraceGeometry target;
    private final int halfHeight;
    private final double[] grid = new double[(int) (BAND_LAST_NM - BAND_FIRST_NM) + 1];

    /**
     * @param spectrum the target's, extracted column by column
     * @param target its solution
     * @param halfHeight of the window, px
     */
    KnownStars(
            ExposureOptics optics,
            FieldAstrometry field,
            CcdImage image,
            ColumnSpectrum spectrum,
            TraceGeometry target,
            int halfHeight) {
        this.optics = optics;
        this.field = field;
        this.image = image;
        this.spectrum = spectrum;
        this.target = target;
        this.halfHeight = halfHeight;
        for (int i = 0; i < grid.length; i++) {
            grid[i] = BAND_FIRST_NM + i;
        }
    }

    /** A star with its significance. */
    private record Weighed(KnownSource source, double snr) {}

    /** Those that matter, the most significant first. */
    List<KnownSource> sources() {
        FieldMatch match = field.match();
        if (match == null) {
            return List.of();
        }
        double ofTarget = inBand();
        List<Weighed> weighed = new ArrayList<>();
        for (PlacedStar star : field.stars()) {
            if (Double.isFinite(star.magnitude())) {
                Weighed one = weighed(star, match, ofTarget);
                if (one.snr() > LEAST_SNR) {
                    weighed.add(one);
                }
            }
        }
        return weighed.stream()
                .sorted(Comparator.comparingDouble(w -> -w.snr()))
                .limit(MOST_STARS)
                .map(Weighed::source)
                .toList();
    }

    /** The target's light in the band, first order, ADU/s. */
    private double inBand() {
        double[] lambda = target.wavelengths(spectrum.firstColumn(), 1, spectrum.size(), 1);
        double sum = 0;
        for (int c = 0; c < lambda.length; c++) {
            sum += lambda[c] >= BAND_FIRST_NM && lambda[c] <= BAND_LAST_NM ? spectrum.rate()[c] : 0;
        }
        return sum;
    }

    private Weighed weighed(PlacedStar star, FieldMatch match, double ofTarget) {
        double zero = match.zeroPoint();
        double rate = Double.isNaN(zero) ? 0 : Math.pow(10, -0.4 * (star.magnitude() - zero));
        double x = star.position().x();
        double y = star.position().y();
        int column = (int) Math.round(x) - spectrum.firstColumn();
        double reach = spectrum.meanFwhmPx();
        boolean inside = column > -2 * reach
                && column < spectrum.size() + 2 * reach
                && Math.abs(y - rowOfWindow(column)) < halfHeight + 2 * reach;
        double order0 = inside ? snr(rate, column, y, Math.PI * reach * reach) : 0;
        List<KnownSource.Trace> traces = new ArrayList<>();
        double dispersed = 0;
        if (Double.isFinite(field.targetMagnitude()) && optics.groovesPerMm(star.position()) > 0) {
            double light = ofTarget * Math.pow(10, -0.4 * (star.magnitude() - field.targetMagnitude()));
            double temperature = Double.isNaN(star.temperatureK()) ? SUN_K : star.temperatureK();
            for (KnownSource.Trace trace : traces(star, light, temperature)) {
                double snr = snr(trace);
                if (snr > 0) {
                    traces.add(trace);
                    dispersed += snr * snr;
                }
            }
        }
        boolean spread = Math.sqrt(dispersed) > LEAST_SNR;
        KnownSource source = new KnownSource(
                x,
                y,
                order0 > LEAST_SNR ? rate : 0,
                Math.hypot(field.errorPx(), match.errorPx(star.position())),
                spread ? SPECTRUM_LIGHT : ORDER0_LIGHT,
                spread ? traces : List.of());
        return new Weighed(source, Math.max(order0, Math.sqrt(dispersed)));
    }

    private double rowOfWindow(int column) {
        return spectrum.traceY()[Math.max(0, Math.min(spectrum.size() - 1, column))];
    }

    private List<KnownSource.Trace> traces(PlacedStar star, double lightInBand, double temperature) {
        double angle = target.angleDeg()
                + optics.disperserAngleDeg(star.position())
                - optics.disperserAngleDeg(target.order0());
        TraceGeometry geometry = optics.geometry(star.position(), angle).with(target.distanceMm(), target.shiftPx());
        double band = 0;
        for (double perNm : perNm(grid, temperature)) {
            band += perNm;
        }
        List<KnownSource.Trace> traces = new ArrayList<>();
        for (int order = 1; order <= HIGHEST_ORDER && band > 0; order++) {
            traces.add(trace(geometry, order, lightInBand / band, temperature));
        }
        return traces;
    }

    private KnownSource.Trace trace(TraceGeometry geometry, int order, double scale, double temperature) {
        int n = spectrum.size();
        double[] lambda = geometry.wavelengths(spectrum.firstColumn(), 1, n, order);
        double[] perNm = perNm(lambda, temperature);
        OrderOverlap ratio = order == 2 ? optics.orderTwo(EnumSet.noneOf(Caveat.class)) : optics.orderThree();
        double[] row = new double[n];
        double[] light = new double[n];
        for (int c = 0; c < n; c++) {
            int a = Math.max(0, c - 1);
            int b = Math.min(n - 1, c + 1);
            double width = Math.abs(lambda[b] - lambda[a]) / (b - a);
            boolean there = lambda[c] >= optics.minLambdaNm() && lambda[c] <= optics.maxLambdaNm() && width > 0;
            double share = order == 1 || !there ? 1 : ratio.ratio(lambda[c]);
            light[c] = there ? scale * perNm[c] * width * share : 0;
            row[c] = there ? geometry.rowOf(lambda[c], order) : 0;
        }
        return new KnownSource.Trace(lambda, row, blurred(light));
    }

    /** Photons per nm of a black body behind air, telescope and disperser, without their constant; 0 where there are none. */
    private double[] perNm(double[] lambda, double temperature) {
        double[] inside = new double[lambda.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = Double.isNaN(lambda[i]) ? BAND_FIRST_NM : lambda[i];
        }
        double[] transmission = optics.typicalTransmission(inside);
        double[] out = new double[lambda.length];
        for (int i = 0; i < out.length; i++) {
            double l = inside[i];
            double planck = Math.pow(l / 550, -4) / Math.expm1(HC_OVER_K / (l * temperature));
            out[i] = Double.isNaN(lambda[i]) ? 0 : planck * transmission[i];
        }
        return out;
    }

    /** As blurred along the dispersion as the target's spectrum. */
    private double[] blurred(double[] light) {
        double sigma = spectrum.meanFwhmPx() / 2.3548;
        int reach = (int) Math.ceil(4 * sigma);
        double[] out = new double[light.length];
        for (int c = 0; c < out.length; c++) {
            double sum = 0;
            for (int d = -reach; d <= reach; d++) {
                double weight = Math.exp(-0.5 * d * d / (sigma * sigma));
                sum += weight;
                int from = c + d;
                out[c] += from >= 0 && from < light.length ? weight * light[from] : 0;
            }
            out[c] /= sum;
        }
        return out;
    }

    private double snr(KnownSource.Trace trace) {
        double sum = 0;
        double reach = halfHeight + spectrum.meanFwhmPx();
        for (int c = 0; c < spectrum.size(); c++) {
            if (trace.light()[c] > 0 && Math.abs(trace.row()[c] - rowOfWindow(c)) < reach) {
                double one = snr(trace.light()[c], c, trace.row()[c], 2 * spectrum.meanFwhmPx());
                sum += one * one;
            }
        }
        return Math.sqrt(sum);
    }

    /** Light over the noise of so many pixels at a place. */
    private double snr(double light, int column, double row, double pixels) {
        int x = Math.max(0, Math.min(image.width() - 1, spectrum.firstColumn() + column));
        int y = (int) Math.max(0, Math.min(image.height() - 1, Math.round(row)));
        double variance = image.variance(x, y);
        return variance > 0 ? light / Math.sqrt(pixels * variance + light / image.electronsPerRate()) : 0;
    }
}
