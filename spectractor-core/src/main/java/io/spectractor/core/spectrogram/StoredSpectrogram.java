package io.spectractor.core.spectrogram;

import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.background.SkyModel;
import io.spectractor.core.calibration.OrderOverlap;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.Legendre;
import io.spectractor.core.fit.LinearLeastSquares;
import io.spectractor.core.fit.RobustStatistics;
import io.spectractor.core.forward.ForwardInput;
import io.spectractor.core.forward.ForwardSetup;
import io.spectractor.core.forward.equations.SpectrumPrior;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.observation.InstrumentReader;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.AirConditions;
import io.spectractor.core.optics.AtmosphericRefraction;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.optics.DispersionRelation;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.SpectrogramMaps;
import io.spectractor.core.product.SpectrumProduct;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The spectrogram of a product as a model of it needs it: pixels with their errors, sky, trace, profile and the geometry
 * that the wavelengths came from. Coordinates are those of the S_ maps. Immutable.
 */
final class StoredSpectrogram {
    private static final int CTIO_WIDTH = 2048;
    /** Largest difference between the rebuilt wavelengths and the product's, nm. */
    private static final double LAMBDA_TOLERANCE_NM = 0.02;
    /** Variance of what holds no data, (ADU/s)². */
    private static final float NO_INFORMATION = 1e20f;

    /** Prior of the wavelength scale: it only keeps the first steps near the product's. */
    private static final double DISTANCE_PRIOR_MM = 0.5;

    private static final double SHIFT_PRIOR_PX = 2;
    /** Relative scatter below which a polynomial is the sky model that was stored in single precision. */
    private static final double SKY_TOLERANCE = 1e-5;

    private static final int SKY_STEP_PX = 7;

    private final SpectrumProduct product;
    private final ExtractionConfig config;
    private final ExtractionConfig binned;
    private final int n;

    /**
     * @param product a spectrum with its S_ maps
     * @param config the configuration that it was extracted with
     * @throws FitException if the product lacks maps or profile
     */
    StoredSpectrogram(SpectrumProduct product, ExtractionConfig config) {
        this.product = product;
        this.config = config;
        this.binned = config.binned();
        this.n = product.spectrum().size();
        SpectrogramMaps maps = product.spectrogram();
        PixelMap[] needed = {maps.data(), maps.error(), maps.background(), maps.backgroundError(), maps.mask()};
        boolean complete = product.psf().shape().size() > 0 && product.psf().fwhm().length == n;
        for (PixelMap map : needed) {
            complete &= map.width() == n && map.height() == needed[0].height() && map.height() > 0;
        }
        if (!complete) {
            throw new FitException(
                    FitException.Reason.NOT_ENOUGH_DATA,
                    "the file lacks its spectrogram (S_DATA, S_ERR, S_BGD, S_BGD_ER, S_MASK) or its profile (PSF_TAB):"
                            + " extract the image again, or fit the spectrum alone");
        }
    }

    ForwardSetup setup(Disperser disperser, SourceSpectrum light) {
        ProductSummary summary = product.summary();
        boolean wanted = config.dispersion().subtractOrder2();
        DoubleUnaryOperator second = ratio(disperser.ratio2over1());
        DoubleUnaryOperator third = ratio(disperser.ratio3over2());
        double[] traceY = new double[n];
        for (int c = 0; c < n; c++) {
            traceY[c] = product.spectrum().traceY()[c] - product.spectrogram().yMin();
        }
        ForwardInput input = new ForwardInput(
                image(),
                sky(traceY),
                traceY,
                profile(traceY),
                new WavelengthSolution(
                        geometry(),
                        DISTANCE_PRIOR_MM,
                        SHIFT_PRIOR_PX / summary.rebin(),
                        0,
                        // not lines but the whole spectrum gives the wavelengths
                        true,
                        List.of()),
                ReferenceSpectrum.of(null, List.of(), light::at),
                wanted ? new OrderOverlap(2, second) : OrderOverlap.none(),
                disperser.ratio2over1() == null,
                new OrderOverlap(3, lambda -> wanted ? second.applyAsDouble(lambda) * third.applyAsDouble(lambda) : 0),
                disperser.ratio2over1() == null || disperser.ratio3over2() == null);
        ForwardSetup setup = ForwardSetup.of(input, binned.extraction(), binned.psf(), binned.dispersion());
        return setup.withWavelengths(setup.start);
    }

    /** A ratio of orders; the default stands for one that was never measured. */
    private DoubleUnaryOperator ratio(@Nullable TabulatedCurve measured) {
        return measured == null ? lambda -> config.dispersion().defaultOrder2Over1() : measured::at;
    }

    /** Whether the profile describes the pixels well enough to tell stars from its own errors. */
    boolean profileFits() {
        return product.summary().reducedChi2() < 1.4;
    }

    private double electronsPerRate() {
        return config.ccd().gain() * product.summary().exposureSeconds();
    }

    private CcdImage image() {
        SpectrogramMaps maps = product.spectrogram();
        float[] rate = maps.data().values().clone();
        float[] variance = new float[rate.length];
        byte[] mask = new byte[rate.length];
        double[] readNoise = new double[rate.length];
        for (int i = 0; i < rate.length; i++) {
            mask[i] = (byte) maps.mask().values()[i];
            if (!Float.isFinite(rate[i])) {
                // no data: as in a frame that was read
                rate[i] = 0;
                variance[i] = NO_INFORMATION;
                readNoise[i] = Double.NaN;
                continue;
            }
            double error = maps.error().values()[i];
            variance[i] = (float) (error * error);
            readNoise[i] = mask[i] == 0 ? error * error - Math.max(rate[i], 0) / electronsPerRate() : Double.NaN;
        }
        return new CcdImage(
                n,
                maps.data().height(),
                rate,
                variance,
                mask,
                product.summary().saturationRate(),
                electronsPerRate(),
                Math.max(0, RobustStatistics.median(readNoise)));
    }

    /** The polynomial that S_BGD holds; its errors are spread evenly over the coefficients. */
    private SkyModel sky(double[] traceY) {
        double half = binned.background().distancePx() + binned.background().widthPx();
        double level = meanAbsolute(product.spectrogram().background());
        double error = meanAbsolute(product.spectrogram().backgroundError());
        for (int across = 0; across <= binned.background().maxDegreeAcross(); across++) {
            for (int along = 0; along <= binned.background().maxDegreeAlong(); along++) {
                boolean last = across == binned.background().maxDegreeAcross()
                        && along == binned.background().maxDegreeAlong();
                double[] coefficients = skyCoefficients(traceY, half, along, across);
                if (last || skyScatter(traceY, half, along, across, coefficients) <= SKY_TOLERANCE * level) {
                    return SkyModel.of(
                            0, traceY, half, along, across, coefficients, skyCovariance(along, across, error));
                }
            }
        }
        throw new IllegalStateException("no degree is allowed to the sky");
    }

    private static double meanAbsolute(PixelMap map) {
        double sum = 0;
        for (float v : map.values()) {
            sum += Math.abs(v);
        }
        return sum / Math.max(1, map.values().length);
    }

    private double[] skyRow(double[] traceY, double half, int along, int across, int x, int y) {
        double[] a = new double[along + 1];
        double[] b = new double[across + 1];
        Legendre.values(along, n == 1 ? 0 : 2.0 * x / (n - 1) - 1, a);
        Legendre.values(across, (y - traceY[x]) / half, b);
        double[] row = new double[a.length * b.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                row[i * b.length + j] = a[i] * b[j];
            }
        }
        return row;
    }

    private double[] skyCoefficients(double[] traceY, double half, int along, int across) {
        PixelMap sky = product.spectrogram().background();
        LinearLeastSquares sums = new LinearLeastSquares((along + 1) * (across + 1));
        for (int y = 0; y < sky.height(); y += SKY_STEP_PX) {
            for (int x = 0; x < n; x += SKY_STEP_PX) {
                sums.add(skyRow(traceY, half, along, across, x, y), sky.at(x, y), 1);
            }
        }
        return sums.fit().coefficients();
    }

    private double skyScatter(double[] traceY, double half, int along, int across, double[] coefficients) {
        PixelMap sky = product.spectrogram().background();
        double sum = 0;
        int count = 0;
        for (int y = 0; y < sky.height(); y += SKY_STEP_PX) {
            for (int x = 0; x < n; x += SKY_STEP_PX) {
                double value = SpectrumPrior.dot(coefficients, skyRow(traceY, half, along, across, x, y));
                sum += (value - sky.at(x, y)) * (value - sky.at(x, y));
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    /** Mean variance of the basis P_i P_j is 1 / (2 i + 1) along and that across. */
    private static double[] skyCovariance(int along, int across, double error) {
        int size = (along + 1) * (across + 1);
        double[] covariance = new double[size * size];
        for (int k = 0; k < size; k++) {
            int i = k / (across + 1);
            int j = k % (across + 1);
            covariance[k * size + k] = error * error * (2 * i + 1) * (2 * j + 1) / size;
        }
        return covariance;
    }

    /** Columns without data take the value between those beside them: they have no weight, but models start from it. */
    private double[] interpolated(double[] values) {
        double[] at = new double[values.length];
        double[] known = new double[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                at[count] = i;
                known[count++] = values[i];
            }
        }
        if (count == values.length || count == 0) {
            return values;
        }
        TabulatedCurve curve =
                new TabulatedCurve(Arrays.copyOf(at, count), Arrays.copyOf(known, count), TabulatedCurve.Outside.HOLD);
        double[] out = values.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = Double.isFinite(values[i]) ? values[i] : curve.at(i);
        }
        return out;
    }

    private ColumnSpectrum profile(double[] traceY) {
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            double error = product.psf().fluxErr()[i];
            covariance[i * n + i] = Double.isNaN(error) ? NO_INFORMATION : error * error;
        }
        return new ColumnSpectrum(
                0,
                interpolated(product.psf().fluxIntegral()),
                covariance,
                product.spectrum().mask(),
                interpolated(product.psf().fluxSum()),
                traceY,
                product.psf().shapeNames(),
                product.psf().shape(),
                product.psf().fwhm(),
                new int[n],
                0,
                new double[0],
                new double[0],
                new byte[0],
                // the wavelengths are fitted even where the profile is poor
                1,
                0);
    }

    /** The geometry with the product's distance and shift. */
    TraceGeometry geometry() {
        ProductSummary s = product.summary();
        double scale = plateScaleArcsec();
        // The width of the frame is not in the file, but the angle of incidence that follows from it can be told from
        // the
        // wavelengths.
        double incidence = DispersionRelation.incidenceRad(s.targetX(), CTIO_WIDTH / s.rebin(), scale);
        TraceGeometry geometry = geometry(incidence, scale);
        for (int k = 0; k < 4; k++) {
            double step = 1e-4;
            double here = mismatch(geometry);
            double slope = (mismatch(geometry(incidence + step, scale)) - here) / step;
            incidence -= slope == 0 || Double.isNaN(slope) ? 0 : here / slope;
            geometry = geometry(incidence, scale);
        }
        double[] lambda = geometry.wavelengths(0, 1, n, 1);
        for (int c = 0; c < n; c++) {
            if (!(Math.abs(lambda[c] - product.spectrum().lambdaNm()[c]) < LAMBDA_TOLERANCE_NM)) {
                throw new FitException(
                        FitException.Reason.NOT_ENOUGH_DATA,
                        String.format(
                                java.util.Locale.ROOT,
                                "its wavelengths are not those of its geometry: %.3f nm instead of %.3f nm in column %d",
                                product.spectrum().lambdaNm()[c],
                                lambda[c],
                                c));
            }
        }
        return geometry;
    }

    private double mismatch(TraceGeometry geometry) {
        double[] lambda = geometry.wavelengths(0, 1, n, 1);
        double sum = 0;
        for (int c = 0; c < n; c++) {
            sum += lambda[c] - product.spectrum().lambdaNm()[c];
        }
        return sum / n;
    }

    private TraceGeometry geometry(double incidenceRad, double plateScaleArcsec) {
        ProductSummary s = product.summary();
        DispersionRelation relation = new DispersionRelation(
                s.groovesPerMm(), incidenceRad, s.distanceMm(), binned.ccd().pixelSizeMm());
        AtmosphericRefraction refraction = new AtmosphericRefraction(
                new AirConditions(s.temperatureCelsius(), s.pressureHPa(), s.humidityPercent()),
                s.airmass(),
                s.parallacticAngleDeg(),
                s.lambdaRefNm(),
                // the header may have known the rotation better than the configuration
                new CameraOrientation(
                        plateScaleArcsec,
                        s.cameraRotationDeg(),
                        config.site().cameraRaFlip(),
                        config.site().cameraDecFlip()));
        PixelPosition order0 = new PixelPosition(
                s.targetX() - product.spectrogram().xMin(),
                s.targetY() - product.spectrogram().yMin());
        return new TraceGeometry(order0, s.rotationAngleDeg(), relation, refraction).with(s.distanceMm(), s.shiftPx());
    }

    /** Plate scale of the (binned) pixels: the header's, or else the configuration's. */
    private double plateScaleArcsec() {
        ProductSummary s = product.summary();
        ExtractionConfig own = InstrumentReader.configOf("the product", product.inputCards(), s.disperser(), config);
        return own.ccd().plateScaleArcsec() * s.rebin();
    }

    /** Mean width of the profile, weighted by light, as the sigma of a Gaussian, px. */
    static double sigmaPx(double[] fwhm, double[] light) {
        double sum = 0;
        double total = Arrays.stream(light).sum();
        for (int c = 0; c < fwhm.length; c++) {
            sum += light[c] * fwhm[c];
        }
        return sum / total / 2.3548;
    }
}
