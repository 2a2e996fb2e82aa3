package io.spectractor.core.spectrogram;

import io.spectractor.core.atmosphere.AtmosphereFit;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.FitParameter;
import io.spectractor.core.atmosphere.FitSettings;
import io.spectractor.core.atmosphere.FitStart;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.calibration.FluxCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.ParameterBounds;
import io.spectractor.core.forward.ForwardSetup;
import io.spectractor.core.optics.Disperser;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import java.util.Arrays;
import java.util.Set;

/**
 * Fits the atmosphere to the pixels of the spectrogram in a product, without the detour by its spectrum: every column holds
 * the light that the star behind an atmosphere gives it, in all orders, spread by the point spread function, whose shape
 * and place are fitted with the atmosphere. Immutable, deterministic.
 *
 * <p>No prior of the extraction enters, so that it doesn't matter how the spectrum was extracted. Errors of the throughput that come
 * with the light are marginalised, for first-order light.
 */
public final class SpectrogramAtmosphereFit {
    private static final int MIN_COLUMNS = 60;
    /** How much narrower lines may be along the dispersion than the profile across it: this fraction of the variance. */
    private static final double NARROWER = 0.5;

    private static final double MAX_BLUR_PX2 = 16;
    /** Width over which errors of the model are smooth, in that of the profile. */
    private static final double SMOOTH = 1;

    private static final double FWHM_PER_SIGMA = 2.3548;

    private final AtmosphereModel atmosphere;
    private final FitSettings settings;

    public SpectrogramAtmosphereFit(AtmosphereModel atmosphere, FitSettings settings) {
        this.atmosphere = atmosphere;
        this.settings = settings;
    }

    /**
     * Fits.
     *
     * @param product a spectrum with its S_ maps
     * @param config the configuration that it was extracted with
     * @param disperser its disperser
     * @param light the star behind telescope and disperser, without atmosphere
     * @throws IllegalArgumentException if airmass, pressure or a given value is outside the model's range
     * @throws FitException if the product lacks its spectrogram, or too few columns are usable
     */
    public SpectrogramFitResult fit(
            SpectrumProduct product,
            ExtractionConfig config,
            Disperser disperser,
            SourceSpectrum light,
            Deadline deadline) {
        boolean[] usable = usable(product.spectrum());
        StoredSpectrogram stored = new StoredSpectrogram(product, config);
        ForwardSetup setup = stored.setup(disperser, light);
        double ratePerFlux = FluxCalibration.of(
                        config.site().collectingAreaCm2(), config.ccd().gain())
                .ratePerFlux();
        PredictedAmplitudes predicted =
                new PredictedAmplitudes(light, atmosphere, ratePerFlux, setup.window.firstColumn, setup.window.columns);
        double[] values = start(product, light, deadline);
        AtmosphereParameters about = new AtmosphereParameters(
                product.summary().airmass(),
                product.summary().pressureHPa(),
                values[FitParameter.OZONE.index()],
                values[FitParameter.WATER.index()],
                values[FitParameter.AEROSOLS.index()],
                values[FitParameter.ANGSTROM.index()]);
        AtmosphereEquations equations = AtmosphereEquations.of(setup, predicted, about, firstWeights(setup));
        SpectrogramSearch search = new SpectrogramSearch(
                settings,
                equations,
                usable,
                startOf(equations, values),
                bounds(equations, values, product),
                light.errors().modes(product.spectrum().lambdaNm()),
                SMOOTH * product.summary().meanFwhmPx() / FWHM_PER_SIGMA,
                stored.profileFits(),
                deadline);
        search.run();
        return new SpectrogramResult(search, settings.free(), product, config).assemble();
    }

    private boolean[] usable(SpectrumTable table) {
        boolean[] usable = new boolean[table.size()];
        int count = 0;
        for (int i = 0; i < usable.length; i++) {
            double lambda = table.lambdaNm()[i];
            usable[i] = lambda >= settings.minNm() && lambda <= settings.maxNm() && table.mask()[i] == 0;
            count += usable[i] ? 1 : 0;
        }
        if (count < MIN_COLUMNS) {
            throw new FitException(
                    FitException.Reason.NOT_ENOUGH_DATA,
                    "only " + count + " good columns between " + settings.minNm() + " and " + settings.maxNm()
                            + " nm; a fit of the atmosphere needs " + MIN_COLUMNS);
        }
        return usable;
    }

    /** From the errors of the pixels as observed; the model's take their place. */
    private static double[] firstWeights(ForwardSetup setup) {
        double[] weight = new double[setup.window.signal.length];
        for (int i = 0; i < weight.length; i++) {
            double seen = Math.max(0, setup.window.signal[i]);
            weight[i] = setup.window.mask[i] == 0 ? 1 / setup.window.variance(i, seen) : 0;
        }
        return weight;
    }

    /** The fit of the spectrum, or the usual start where that fails. */
    private double[] start(SpectrumProduct product, SourceSpectrum light, Deadline deadline) {
        try {
            return new AtmosphereFit(atmosphere, settings)
                    .fit(product, light, deadline).parameters().stream()
                            .mapToDouble(value -> value.value())
                            .toArray();
        } catch (FitException e) {
            return new FitStart(atmosphere.ranges(), settings)
                    .values(product.summary().meanFwhmPx() / FWHM_PER_SIGMA);
        }
    }

    private static double[] startOf(AtmosphereEquations equations, double[] values) {
        double[] x = Arrays.copyOf(equations.setup().start, equations.size());
        for (FitParameter p : FitParameter.values()) {
            x[equations.index(p)] = p == FitParameter.RESOLUTION ? 0 : values[p.index()];
        }
        return x;
    }

    private ParameterBounds bounds(AtmosphereEquations equations, double[] values, SpectrumProduct product) {
        ParameterBounds of = new FitStart(atmosphere.ranges(), settings).bounds(values);
        ParameterBounds bounds = ParameterBounds.none(equations.size());
        for (int q = 0; q < equations.size(); q++) {
            if (equations.holds(q)) {
                bounds = bounds.withFixed(q, equations.setup().start[q]);
            }
        }
        for (FitParameter p : FitParameter.values()) {
            int q = equations.index(p);
            bounds = bounds.with(q, of.lower()[p.index()], of.upper()[p.index()]);
        }
        double sigma = product.summary().meanFwhmPx() / FWHM_PER_SIGMA;
        int blur = equations.index(FitParameter.RESOLUTION);
        Set<FitParameter> free = settings.free();
        return free.contains(FitParameter.RESOLUTION)
                ? bounds.with(blur, -NARROWER * sigma * sigma, MAX_BLUR_PX2)
                : bounds.withFixed(blur, 0);
    }
}
