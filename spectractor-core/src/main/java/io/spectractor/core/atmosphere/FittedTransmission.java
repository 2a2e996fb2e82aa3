package io.spectractor.core.atmosphere;

import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.product.TopOfAtmosphereSpectrum;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The star above the atmosphere as a fit of the atmosphere sees it: the spectrum over the transmission of the fitted atmosphere, the
 * fitted grey factor, telescope, filter and disperser.
 *
 * <p>As for the nominal transmission, that of a column is the one of the star's photons in it: what arrives over the star
 * alone, both integrated and blurred as the spectrum is.
 */
public final class FittedTransmission {
    /** Transmission below which a column tells nothing of the star. */
    private static final double DARK = 1e-4;

    /** A Gaussian as wide as a column, px: what a spectrum without blur still is smeared by. */
    private static final double ONE_COLUMN = 1 / Math.sqrt(12);

    private static final List<FitParameter> AIR = List.of(
            FitParameter.OZONE, FitParameter.AEROSOLS, FitParameter.ANGSTROM, FitParameter.WATER, FitParameter.GREY);

    private final AtmosphereModel atmosphere;
    private final SourceSpectrum star;
    private final SourceSpectrum light;

    /**
     * @param atmosphere the model that was fitted
     * @param star the star above the atmosphere
     * @param light the star behind telescope, filter and disperser, without atmosphere
     */
    public FittedTransmission(AtmosphereModel atmosphere, SourceSpectrum star, SourceSpectrum light) {
        this.atmosphere = atmosphere;
        this.star = star;
        this.light = light;
    }

    /**
     * The star above the atmosphere.
     *
     * @param product the spectrum that was fitted
     * @param result the fit
     * @param deblurred whether the spectrum is free of the point spread function
     * @param instrument telescope, disperser and filter, for people
     */
    public TopOfAtmosphereSpectrum topOfAtmosphere(
            SpectrumProduct product, AtmosphereFitResult result, boolean deblurred, String instrument) {
        SpectrumTable table = product.spectrum();
        int n = table.size();
        double[] p = result.parameters().stream()
                .mapToDouble(AtmosphereFitResult.Value::value)
                .toArray();
        if (deblurred) {
            p[FitParameter.RESOLUTION.index()] = ONE_COLUMN;
        }
        double[] transmission = transmission(product, p);
        double[] variance = relativeVariance(product, result, p, transmission);
        double[] transmissionErr = new double[n];
        double[] flux = new double[n];
        double[] fluxErr = new double[n];
        for (int i = 0; i < n; i++) {
            double t = transmission[i];
            double relative = Math.sqrt(variance[i]);
            boolean dark = !(t > DARK) || !Double.isFinite(relative);
            transmissionErr[i] = t * relative;
            flux[i] = dark ? Double.NaN : table.flux()[i] / t;
            fluxErr[i] = dark ? Double.NaN : Math.hypot(table.fluxErr()[i] / t, flux[i] * relative);
        }
        return new TopOfAtmosphereSpectrum(
                flux, fluxErr, transmission, transmissionErr, reference(product, result, instrument));
    }

    private double[] transmission(SpectrumProduct product, double[] p) {
        double[] alone = p.clone();
        alone[FitParameter.GREY.index()] = 1;
        int n = product.spectrum().size();
        double[] arrived = new double[n];
        double[] emitted = new double[n];
        new SpectrumModel(atmosphere, light, product).flux(p, arrived);
        new SpectrumModel(new Vacuum(atmosphere), star, product).flux(alone, emitted);
        for (int i = 0; i < n; i++) {
            arrived[i] = emitted[i] > 0 ? arrived[i] / emitted[i] : Double.NaN;
        }
        return arrived;
    }

    /** From the covariance of the fit, by differences over half an error, and the relative error of its model. */
    private double[] relativeVariance(
            SpectrumProduct product, AtmosphereFitResult result, double[] p, double[] transmission) {
        List<AtmosphereFitResult.Value> free = result.parameters().stream()
                .filter(v -> v.error() > 0 && v.parameter() != FitParameter.RESOLUTION)
                .toList();
        List<double[]> slopes =
                free.stream().map(v -> slope(product, p, v, transmission)).toList();
        double[] variance = new double[transmission.length];
        for (int i = 0; i < variance.length; i++) {
            double sum = result.modelError() * result.modelError();
            for (int j = 0; j < slopes.size(); j++) {
                int row = free.get(j).parameter().index() * p.length;
                for (int k = 0; k < slopes.size(); k++) {
                    double covariance =
                            result.covariance()[row + free.get(k).parameter().index()];
                    sum += slopes.get(j)[i] * covariance * slopes.get(k)[i];
                }
            }
            variance[i] = Math.max(0, sum);
        }
        return variance;
    }

    /** Derivative of the logarithm of the transmission. */
    private double[] slope(
            SpectrumProduct product, double[] p, AtmosphereFitResult.Value parameter, double[] transmission) {
        int k = parameter.parameter().index();
        double[] moved = p.clone();
        double step = parameter.error() / 2;
        moved[k] = p[k] + step;
        if (!inRange(product, moved)) {
            step = -step;
            moved[k] = p[k] + step;
        }
        double[] slope = transmission(product, moved);
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (slope[i] / transmission[i] - 1) / step;
        }
        return slope;
    }

    private boolean inRange(SpectrumProduct product, double[] p) {
        try {
            atmosphere.ranges().require(new SpectrumModel(atmosphere, light, product).state(p));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String reference(SpectrumProduct product, AtmosphereFitResult result, String instrument) {
        String air =
                AIR.stream().map(result::value).map(FittedTransmission::text).collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s; atmosphere fitted (%s): airmass %.3f, %.0f hPa, %s",
                instrument,
                atmosphere.description(),
                product.summary().airmass(),
                product.summary().pressureHPa(),
                air);
    }

    private static String text(AtmosphereFitResult.Value v) {
        FitParameter parameter = v.parameter();
        return (v.error() > 0
                        ? String.format(Locale.ROOT, "%s %.4g +- %.2g ", parameter.label(), v.value(), v.error())
                        : String.format(Locale.ROOT, "%s %.4g (not fitted) ", parameter.label(), v.value()))
                .concat(parameter.unit())
                .strip();
    }

    /** No air at all, on the nodes of an atmosphere: outside them neither lets light through. */
    private record Vacuum(AtmosphereModel like) implements AtmosphereModel {
        @Override
        public String description() {
            return "vacuum";
        }

        @Override
        public AtmosphereRanges ranges() {
            return like.ranges();
        }

        @Override
        public double[] nodesNm() {
            return like.nodesNm();
        }

        @Override
        public double[] atNodes(AtmosphereParameters parameters) {
            double[] all = new double[like.nodesNm().length];
            Arrays.fill(all, 1);
            return all;
        }
    }
}
