package io.spectractor.core.calibration;

import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.target.ExpectedLine;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the spectrum should look like, up to a smooth factor: the target's energy distribution (or, when it is unknown,
 * a flat one with the target's lines) through atmosphere, telescope and disperser.
 *
 * <p>At the resolution of slitless spectra most lines are blends, and the centre that a fit finds is not the tabulated
 * wavelength. Measured in this reference with the same fit, the bias is the same and cancels.
 */
public final class ReferenceSpectrum {
    private static final double FIRST_NM = 300;
    private static final double STEP_NM = 0.1;
    private static final int SIZE = 8601;
    /** Samples per column before smoothing. */
    private static final int OVERSAMPLING = 4;
    /** Depth (height) and width of the lines of a target without energy distribution. */
    private static final double LINE_DEPTH = 0.3;

    private static final double LINE_HEIGHT = 3;
    private static final double LINE_SIGMA_NM = 0.6;

    /** Half the variance of a Gaussian of 0.6 px at half maximum, px². */
    private static final double SHARE_BESIDE = 0.5 * (0.6 / 2.3548) * (0.6 / 2.3548);

    /** Fainter columns, in the brightest, are taken for that bright. */
    private static final double FAINT = 3e-3;

    private final double[] dryRate;
    private final WaterTransmission water;
    private final double typicalWaterMm;
    private final Rate typicalRate;
    /** The rates asked for last, the latest first: a fit asks for the same water again and again. */
    private volatile List<Rate> latest = List.of();

    private final boolean known;

    private ReferenceSpectrum(double[] dryRate, WaterTransmission water, double typicalWaterMm, boolean known) {
        this.known = known;
        this.dryRate = dryRate;
        this.water = water;
        this.typicalWaterMm = typicalWaterMm;
        this.typicalRate = rate(typicalWaterMm);
    }

    /**
     * Photons per nm on the grid of wavelengths, and the photons below each of them. Nobody may change the arrays.
     *
     * @param waterMm precipitable water, mm
     */
    private record Rate(double waterMm, double[] perNm, double[] below) {}

    /** What water vapour lets through: the one absorber with sharp features that changes from hour to hour. */
    @FunctionalInterface
    public interface WaterTransmission {
        /**
         * Transmission along the line of sight.
         *
         * @param waterMm precipitable water above the telescope, mm
         * @param lambdaNm increasing wavelengths, nm
         */
        double[] at(double waterMm, double[] lambdaNm);

        /** No water anywhere. */
        static WaterTransmission none() {
            return (waterMm, lambdaNm) -> {
                double[] all = new double[lambdaNm.length];
                Arrays.fill(all, 1);
                return all;
            };
        }
    }

    /** A reference whose transmission is known, water included. */
    public static ReferenceSpectrum of(
            @Nullable TabulatedCurve sed, List<ExpectedLine> lines, DoubleUnaryOperator transmission) {
        return of(sed, lines, transmission, WaterTransmission.none(), 0);
    }

    /**
     * Builds the reference.
     *
     * @param sed energy distribution, erg/s/cm²/nm, or null when unknown
     * @param lines lines of the target with their expected wavelengths; only used without {@code sed}
     * @param transmission product of the atmosphere without water, telescope, filter and disperser against wavelength
     *     in nm
     * @param water transmission of water vapour
     * @param typicalWaterMm how much of it there is as long as nobody knows better, mm
     */
    public static ReferenceSpectrum of(
            @Nullable TabulatedCurve sed,
            List<ExpectedLine> lines,
            DoubleUnaryOperator transmission,
            WaterTransmission water,
            double typicalWaterMm) {
        double[] rate = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double lambda = FIRST_NM + i * STEP_NM;
            double flux = sed == null ? flatWithLines(lines, lambda) : sed.at(lambda);
            rate[i] = Math.max(0, flux * lambda * transmission.applyAsDouble(lambda));
        }
        return new ReferenceSpectrum(rate, water, typicalWaterMm, sed != null);
    }

    private static double flatWithLines(List<ExpectedLine> lines, double lambda) {
        double flux = 1;
        for (ExpectedLine line : lines) {
            double u = (lambda - line.wavelengthNm()) / LINE_SIGMA_NM;
            if (!line.line().isAtmospheric() && line.line().useForCalibration() && Math.abs(u) < 6) {
                flux += (line.emission() ? LINE_HEIGHT : -LINE_DEPTH) * Math.exp(-0.5 * u * u);
            }
        }
        return Math.max(flux, 0);
    }

    /** Whether it is made of the target's own energy distribution, so that what it lacks is not the target's light. */
    public boolean isKnown() {
        return known;
    }

    /** How much water there is as long as nobody knows better, mm. */
    public double typicalWaterMm() {
        return typicalWaterMm;
    }

    private Rate photonRate(double waterMm) {
        List<Rate> known = latest;
        for (Rate rate : known) {
            if (rate.waterMm == waterMm) {
                return rate;
            }
        }
        Rate rate = waterMm == typicalWaterMm ? typicalRate : rate(waterMm);
        latest = known.isEmpty() ? List.of(rate) : List.of(rate, known.get(0));
        return rate;
    }

    private Rate rate(double waterMm) {
        double[] lambda = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            lambda[i] = FIRST_NM + i * STEP_NM;
        }
        double[] rate = water.at(waterMm, lambda);
        for (int i = 0; i < SIZE; i++) {
            rate[i] *= dryRate[i];
        }
        double[] sum = new double[SIZE];
        for (int i = 1; i < SIZE; i++) {
            sum[i] = sum[i - 1] + 0.5 * STEP_NM * (rate[i - 1] + rate[i]);
        }
        return new Rate(waterMm, rate, sum);
    }

    /**
     * The reference as columns of an image see it: photons per column, smoothed by the image's resolution, with the
     * typical amount of water.
     *
     * @param geometry which wavelength falls where
     * @param firstColumn first column, px
     * @param n number of columns
     * @param fwhmPx resolution, px
     */
    public double[] columns(TraceGeometry geometry, int firstColumn, int n, double fwhmPx) {
        return columns(typicalRate.perNm, geometry, firstColumn, n, fwhmPx);
    }

    /**
     * The same with a given amount of water.
     *
     * @param waterMm precipitable water, mm
     */
    public double[] columns(TraceGeometry geometry, int firstColumn, int n, double fwhmPx, double waterMm) {
        return columns(photonRate(waterMm).perNm, geometry, firstColumn, n, fwhmPx);
    }

    /**
     * The light that falls into columns: photons per column with a given amount of water, integrated over each column,
     * and a little smoother than that (a Gaussian of 0.6 px at half maximum), since nobody reads a spectrum in boxes.
     *
     * @param waterMm precipitable water, mm
     */
    public double[] light(TraceGeometry geometry, int firstColumn, int n, double waterMm) {
        return light(geometry, firstColumn, n, waterMm, 1);
    }

    /**
     * The same for the wavelengths that fall into the columns in an order: what that order holds over its ratio to the
     * first.
     */
    private double[] light(TraceGeometry geometry, int firstColumn, int n, double waterMm, int order) {
        Rate rate = photonRate(waterMm);
        double[] edges = geometry.wavelengths(firstColumn - 1.5, 1, n + 3, order);
        double[] light = new double[n + 2];
        for (int c = 0; c < light.length; c++) {
            double photons = integral(rate, edges[c + 1]) - integral(rate, edges[c]);
            light[c] = Double.isNaN(photons) ? 0 : photons;
        }
        double[] out = new double[n];
        for (int c = 0; c < n; c++) {
            out[c] = SHARE_BESIDE * (light[c] + light[c + 2]) + (1 - 2 * SHARE_BESIDE) * light[c + 1];
        }
        return out;
    }

    /**
     * Detail that columns are too coarse for: how far the light at a wavelength is from what a straight line between the
     * columns next to it gives, root mean square over the wavelengths of a column and half of those beside it, as a fraction
     * of the light of the column. A spectrum that is read at a wavelength is off by that, however well its columns are
     * known.
     *
     * @param waterMm precipitable water, mm
     */
    public double[] hiddenDetail(TraceGeometry geometry, int firstColumn, int n, double waterMm) {
        double[] rate = photonRate(waterMm).perNm;
        double[] light = light(geometry, firstColumn - 1, n + 2, waterMm);
        double top = Arrays.stream(light).max().orElse(0);
        int per = 2 * OVERSAMPLING;
        double[] fine = geometry.wavelengths(firstColumn - 1, 1.0 / per, (n + 1) * per + 1, 1);
        double[] square = new double[fine.length];
        for (int i = 1; i < fine.length - 1; i++) {
            int c = i / per;
            double t = (double) (i - c * per) / per;
            double straight = (1 - t) * light[c] + t * light[Math.min(c + 1, n + 1)];
            double sharp = rateAt(rate, fine[i]) * (fine[i + 1] - fine[i - 1]) * 0.5 * per;
            square[i] = Double.isNaN(sharp) ? 0 : (sharp - straight) * (sharp - straight);
        }
        double[] out = new double[n];
        for (int c = 0; c < n; c++) {
            double sum = 0;
            for (int i = c * per; i <= (c + 2) * per; i++) {
                sum += square[i];
            }
            out[c] = Math.sqrt(sum / (2 * per + 1)) / Math.max(light[c + 1], FAINT * top);
        }
        return out;
    }

    /**
     * The detail of a higher order, see {@link OrderOverlap#detail}.
     *
     * @param geometry which wavelength falls where
     * @param firstColumn first column of the first order, px
     * @param n number of its columns
     * @param overlap which columns of the first order those of the higher one are made of, with columns beyond both ends
     * @param order the higher order
     * @param waterMm precipitable water, mm
     */
    public double[] detail(
            TraceGeometry geometry, int firstColumn, int n, OrderOverlap.Overlap overlap, int order, double waterMm) {
        int count = overlap.source().length;
        return OrderOverlap.detail(
                overlap,
                light(geometry, firstColumn, n, waterMm),
                light(geometry, firstColumn - (count - n) / 2, count, waterMm, order));
    }

    /** Photons between the first wavelength and a given one; NaN for NaN. */
    private static double integral(Rate rate, double lambdaNm) {
        double position = Math.min(Math.max((lambdaNm - FIRST_NM) / STEP_NM, 0), SIZE - 1.0);
        if (Double.isNaN(position)) {
            return Double.NaN;
        }
        int i = Math.min((int) position, SIZE - 2);
        double t = position - i;
        double[] perNm = rate.perNm;
        return rate.below[i] + STEP_NM * t * (perNm[i] + 0.5 * t * (perNm[i + 1] - perNm[i]));
    }

    private static double[] columns(
            double[] photonRate, TraceGeometry geometry, int firstColumn, int n, double fwhmPx) {
        double sigma = fwhmPx / 2.3548 * OVERSAMPLING;
        int margin = (int) Math.ceil(4 * sigma);
        int size = n * OVERSAMPLING + 2 * margin;
        double start = firstColumn - 0.5 + 0.5 / OVERSAMPLING - (double) margin / OVERSAMPLING;
        double[] lambda = geometry.wavelengths(start, 1.0 / OVERSAMPLING, size, 1);
        double[] fine = new double[size];
        for (int i = 1; i < size - 1; i++) {
            double width = lambda[i + 1] - lambda[i - 1];
            fine[i] = Double.isNaN(width) ? 0 : rateAt(photonRate, lambda[i]) * width;
        }
        fine[0] = fine[1];
        fine[size - 1] = fine[size - 2];
        return smoothed(fine, GaussianFilter.kernel(sigma), margin, n);
    }

    /** Sums of {@link #OVERSAMPLING} samples each, smoothed; the ends continued as they are. */
    private static double[] smoothed(double[] fine, double[] kernel, int margin, int n) {
        int half = kernel.length / 2;
        int first = margin - half;
        // every OVERSAMPLING-th sample in a row of its own, so that the columns' samples are neighbours
        int length = n + (OVERSAMPLING + kernel.length) / OVERSAMPLING + 1;
        double[][] phase = new double[OVERSAMPLING][length];
        for (int i = 0; i < OVERSAMPLING * length; i++) {
            phase[i % OVERSAMPLING][i / OVERSAMPLING] = fine[Math.min(Math.max(first + i, 0), fine.length - 1)];
        }
        // the samples of a column are summed by the kernel too
        double[] summing = new double[kernel.length + OVERSAMPLING - 1];
        for (int s = 0; s < OVERSAMPLING; s++) {
            for (int k = 0; k < kernel.length; k++) {
                summing[s + k] += kernel[k];
            }
        }
        double[] out = new double[n];
        double[] work = new double[n];
        for (int j = 0; j < summing.length; j++) {
            RowSum.addShifted(out, phase[j % OVERSAMPLING], summing[j], j / OVERSAMPLING, work);
        }
        return out;
    }

    private static double rateAt(double[] photonRate, double lambda) {
        double position = (lambda - FIRST_NM) / STEP_NM;
        if (!(position >= 0) || position >= SIZE - 1) {
            return 0;
        }
        int i = (int) position;
        double t = position - i;
        return photonRate[i] + t * (photonRate[i + 1] - photonRate[i]);
    }
}
