package io.spectractor.cli;

import io.spectractor.core.atmosphere.AtmosphereFitResult;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.product.CodeVersion;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.spectrogram.SpectrogramFitResult;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a fit as it is written; all numbers are finite.
 *
 * @param spectrum file name of the product
 * @param data what was fitted: {@code spectrum}, the columns of the product, or {@code spectrogram}, its pixels
 * @param target star
 * @param disperser label
 * @param dateObs start of the exposure
 * @param airmass airmass
 * @param pressureHPa hPa
 * @param atmosphere the model of the atmosphere
 * @param parameters all parameters
 * @param labels of the rows of the covariance: the parameters that were fitted and are not at a bound
 * @param covariance of those
 * @param chi2 with the model error
 * @param degreesOfFreedom columns less parameters
 * @param reducedChi2 their ratio
 * @param modelError relative
 * @param chi2WithoutModelError with the covariance of the product alone
 * @param converged whether the fit settled
 * @param columns that counted
 * @param outlierWavelengthsNm of the columns left out
 * @param spectrogram what only a fit of the spectrogram has, or null
 * @param throughput file of the throughput that took the place of the table's, or null
 * @param version of the software
 */
record FitFile(
        String spectrum,
        String data,
        @Nullable String target,
        String disperser,
        String dateObs,
        double airmass,
        double pressureHPa,
        String atmosphere,
        List<Parameter> parameters,
        List<String> labels,
        double[][] covariance,
        double chi2,
        int degreesOfFreedom,
        double reducedChi2,
        double modelError,
        double chi2WithoutModelError,
        boolean converged,
        int columns,
        double[] outlierWavelengthsNm,
        @Nullable Spectrogram spectrogram,
        @Nullable String throughput,
        String version) {

    /**
     * Numbers of a fit of the spectrogram.
     *
     * @param pixels that counted
     * @param noiseScale factor on the variance of the pixels
     * @param order2Factor fitted factor on the tabulated ratio of order 2 over 1
     * @param stars stars under the spectrogram that were fitted with it
     */
    record Spectrogram(int pixels, double noiseScale, double order2Factor, int stars) {}

    /**
     * A parameter.
     *
     * @param label name
     * @param unit empty for none
     * @param meaning one line
     * @param value value
     * @param sigma 1 sigma, or null if it is fixed or at a bound
     * @param free whether it was fitted
     * @param atBound whether it ended at the edge of its range
     */
    record Parameter(
            String label,
            String unit,
            String meaning,
            double value,
            @Nullable Double sigma,
            boolean free,
            boolean atBound) {}

    /** Of a fit of the spectrum. */
    static FitFile of(
            String name,
            SpectrumProduct product,
            AtmosphereModel atmosphere,
            AtmosphereFitResult result,
            @Nullable String throughput) {
        return of(name, product, atmosphere, result, "spectrum", null, throughput);
    }

    /** Of a fit of the spectrogram. */
    static FitFile of(
            String name,
            SpectrumProduct product,
            AtmosphereModel atmosphere,
            SpectrogramFitResult result,
            @Nullable String throughput) {
        return of(
                name,
                product,
                atmosphere,
                result.fit(),
                "spectrogram",
                new Spectrogram(result.pixels(), result.noiseScale(), result.order2Factor(), result.stars()),
                throughput);
    }

    private static FitFile of(
            String name,
            SpectrumProduct product,
            AtmosphereModel atmosphere,
            AtmosphereFitResult result,
            String data,
            @Nullable Spectrogram spectrogram,
            @Nullable String throughput) {
        List<AtmosphereFitResult.Value> fitted = result.parameters().stream()
                .filter(v -> v.free() && !v.atBound() && v.error() > 0)
                .toList();
        int all = result.parameters().size();
        double[][] covariance = new double[fitted.size()][fitted.size()];
        for (int i = 0; i < fitted.size(); i++) {
            for (int j = 0; j < fitted.size(); j++) {
                int row = fitted.get(i).parameter().index();
                covariance[i][j] = result.covariance()[
                        row * all + fitted.get(j).parameter().index()];
            }
        }
        int columns = (int) IntStream.range(0, result.used().length)
                .filter(i -> result.used()[i])
                .count();
        return new FitFile(
                name,
                data,
                product.summary().target(),
                product.summary().disperser(),
                product.summary().dateObs(),
                product.summary().airmass(),
                product.summary().pressureHPa(),
                atmosphere.description(),
                result.parameters().stream().map(FitFile::parameter).toList(),
                fitted.stream().map(v -> v.parameter().label()).toList(),
                covariance,
                result.chi2(),
                result.degreesOfFreedom(),
                result.chi2() / result.degreesOfFreedom(),
                result.modelError(),
                result.chi2WithoutModelError(),
                result.converged(),
                columns,
                IntStream.range(0, columns(result))
                        .filter(i -> result.outliers()[i])
                        .mapToDouble(i -> result.lambdaNm()[i])
                        .toArray(),
                spectrogram,
                throughput,
                CodeVersion.version());
    }

    private static int columns(AtmosphereFitResult result) {
        return result.outliers().length;
    }

    private static Parameter parameter(AtmosphereFitResult.Value v) {
        return new Parameter(
                v.parameter().label(),
                v.parameter().unit(),
                v.parameter().meaning(),
                v.value(),
                v.error() > 0 ? v.error() : null,
                v.free(),
                v.atBound());
    }
}
