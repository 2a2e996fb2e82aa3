package io.spectractor.cli.night;

import io.spectractor.core.night.AtmosphereQuantity;
import io.spectractor.core.night.JointResult;
import io.spectractor.core.night.JointResult.Measured;
import io.spectractor.core.night.NightFit;
import io.spectractor.core.night.NightSpectrum;
import io.spectractor.core.night.TimeVariation;
import io.spectractor.core.product.CodeVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A joint fit as it is written; all numbers are finite.
 *
 * @param converged whether the fit settled; without it there are no parameters
 * @param parameters of the night and of each spectrum
 * @param chi2 of all columns that counted
 * @param dof those columns less the free parameters
 * @param outliers what was left out or stands apart
 * @param evidence of the time variations that were tried
 * @param spectra what was fitted
 * @param leftOut spectra that could not be fitted, with the reason
 * @param instruments throughputs
 * @param samples what the chains say, if the posterior was sampled
 * @param steps of each chain, or null if the posterior was not sampled
 * @param gauge what grey factors and throughput are relative to
 * @param atmosphere model of the atmosphere
 * @param site of the telescope, or null where it isn't known
 * @param version of the software
 * @param key hash of spectra, settings, calibration data and software, or null where none was made
 * @param files SHA-256 of the files beside this one, by their names
 */
record JointRecord(
        boolean converged,
        List<Parameter> parameters,
        double chi2,
        int dof,
        List<Outlier> outliers,
        List<Evidence> evidence,
        List<Spectrum> spectra,
        Map<String, String> leftOut,
        List<Instrument> instruments,
        List<SamplingRun.Sampled> samples,
        @Nullable Integer steps,
        String gauge,
        String atmosphere,
        @Nullable Site site,
        String version,
        @Nullable String key,
        @Nullable SortedMap<String, String> files) {
    private static final double CLOUD_SIGMA = 6;
    private static final double CLOUD = 0.08;
    private static final double BAD_FIT = 0.05;
    private static final double TOO_MANY_OUT = 0.25;

    /**
     * Where the telescope stands.
     *
     * @param longitudeDeg east positive
     * @param latitudeDeg north positive
     */
    record Site(double longitudeDeg, double latitudeDeg) {}

    /**
     * A number with its error.
     *
     * @param name ozone, pwv, vaod, angstrom, grey or shift; slopes per hour are called ozone_slope and so on; vaod_scatter from
     *     spectrum to spectrum; table_ozone and the
     *     instrument for the ozone that its tabulated throughput lacks; extinction_slope of losses that grow with airmass
     * @param spectrum null for all
     * @param value number
     * @param error marginal standard deviation, or null if it was held
     * @param unit empty for none
     */
    record Parameter(
            String name,
            @Nullable String spectrum,
            double value,
            @Nullable Double error,
            String unit) {}

    /**
     * What doesn't go with the rest.
     *
     * @param spectrum which
     * @param whole whether all of it
     * @param fromNm first wavelength, or null for all of it
     * @param toNm last wavelength
     * @param columns left out
     * @param reason what it looks like
     */
    record Outlier(
            String spectrum,
            boolean whole,
            @Nullable Double fromNm,
            @Nullable Double toNm,
            int columns,
            String reason) {}

    /**
     * A time variation that was tried.
     *
     * @param quantity ozone, pwv or vaod
     * @param variant constant, linear or each
     * @param chi2 of the fit
     * @param dof of the fit
     * @param logEvidence less that of the best time variation
     * @param chosen whether the parameters are of this time variation
     * @param refused whether the data speak against it, by more than 150 to 1
     */
    record Evidence(
            String quantity,
            String variant,
            double chi2,
            int dof,
            double logEvidence,
            boolean chosen,
            boolean refused) {}

    /**
     * A spectrum that was fitted.
     *
     * @param name of the file, and of the group in it
     * @param target star
     * @param instrument disperser and filter
     * @param mjd middle of the exposure
     * @param airmass airmass
     * @param pressureHPa pressure
     * @param chi2 of its columns
     * @param columns that counted
     * @param modelError relative error of the model that its residuals ask for
     * @param resolutionPx sigma, columns
     * @param header what its file says of the exposure, or null in results of older programs
     */
    record Spectrum(
            String name,
            String target,
            String instrument,
            double mjd,
            double airmass,
            double pressureHPa,
            double chi2,
            int columns,
            double modelError,
            double resolutionPx,
            @Nullable SpectrumHeader header) {}

    /**
     * The throughput of an instrument.
     *
     * @param name disperser and filter
     * @param throughput file with wavelength, throughput, error
     * @param covariance file
     */
    record Instrument(
            String name,
            @Nullable String throughput,
            @Nullable String covariance) {}

    /**
     * The record of a fit.
     *
     * @param headers of the spectra, in their order
     */
    static JointRecord of(
            NightFit.Outcome outcome,
            List<SpectrumHeader> headers,
            Map<String, String> leftOut,
            String atmosphere,
            @Nullable Site site) {
        JointResult r = outcome.result();
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < r.spectra().size(); k++) {
            NightSpectrum s = r.spectra().get(k);
            spectra.add(new Spectrum(
                    s.name(),
                    s.target(),
                    s.instrument(),
                    s.mjd(),
                    s.airmass(),
                    s.pressureHPa(),
                    r.chi2(k),
                    r.columns(k),
                    r.modelError(k),
                    r.resolutionPx(k),
                    headers.get(k)));
        }
        List<Evidence> evidence = outcome.evidence().stream()
                .map(t -> new Evidence(
                        t.quantity().label(),
                        t.variation().label(),
                        t.chi2(),
                        t.degreesOfFreedom(),
                        t.logEvidence(),
                        t.chosen(),
                        t.refused()))
                .toList();
        return new JointRecord(
                r.converged(),
                r.converged() ? parameters(r) : List.of(),
                r.chi2(),
                r.degreesOfFreedom(),
                outliers(r),
                evidence,
                spectra,
                leftOut,
                r.instruments().stream().map(i -> new Instrument(i, null, null)).toList(),
                List.of(),
                null,
                "grey factors are relative to their mean; the throughput is true throughput times mean grey factor",
                atmosphere,
                site,
                CodeVersion.version(),
                null,
                new TreeMap<>());
    }

    JointRecord withInstruments(List<Instrument> written) {
        return new JointRecord(
                converged,
                parameters,
                chi2,
                dof,
                outliers,
                evidence,
                spectra,
                leftOut,
                written,
                samples,
                steps,
                gauge,
                atmosphere,
                site,
                version,
                key,
                files);
    }

    JointRecord withSamples(List<SamplingRun.Sampled> sampled, int stepsOfEach) {
        return new JointRecord(
                converged,
                parameters,
                chi2,
                dof,
                outliers,
                evidence,
                spectra,
                leftOut,
                instruments,
                sampled,
                stepsOfEach,
                gauge,
                atmosphere,
                site,
                version,
                key,
                files);
    }

    JointRecord withKey(String made, SortedMap<String, String> beside) {
        return new JointRecord(
                converged,
                parameters,
                chi2,
                dof,
                outliers,
                evidence,
                spectra,
                leftOut,
                instruments,
                samples,
                steps,
                gauge,
                atmosphere,
                site,
                version,
                made,
                beside);
    }

    private static Parameter parameter(String name, @Nullable String spectrum, Measured m, String unit) {
        return new Parameter(name, spectrum, m.value(), Double.isFinite(m.error()) ? m.error() : null, unit);
    }

    private static List<Parameter> parameters(JointResult r) {
        List<Parameter> out = new ArrayList<>();
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            TimeVariation variation = r.settings().timeVariation(q);
            if (variation == TimeVariation.CONSTANT || variation == TimeVariation.LINEAR) {
                out.add(parameter(q.label(), null, r.quantity(q), q.unit()));
            }
            if (variation == TimeVariation.LINEAR) {
                out.add(parameter(
                        q.label() + "_slope", null, r.slope(q), q.unit().isEmpty() ? "1/h" : q.unit() + "/h"));
            }
            for (int k = 0;
                    variation != TimeVariation.CONSTANT && k < r.spectra().size();
                    k++) {
                out.add(parameter(q.label(), r.spectra().get(k).name(), r.quantity(q, k), q.unit()));
            }
        }
        if (r.settings().aerosolScatter() > 0) {
            String name = AtmosphereQuantity.AEROSOLS.label() + "_scatter";
            out.add(parameter(name, null, new Measured(r.settings().aerosolScatter(), Double.NaN), ""));
        }
        out.add(parameter("angstrom", null, r.angstrom(), ""));
        if (r.settings().tableOzoneDu() > 0) {
            r.instruments().forEach(i -> out.add(parameter("table_ozone " + i, null, r.tableOzone(i), "DU")));
        }
        boolean season = r.nights() > 1;
        for (int k = 0;
                r.settings().extinctionSlope() > 0 && k < (season ? r.spectra().size() : 1);
                k++) {
            out.add(parameter("extinction_slope", season ? r.spectra().get(k).name() : null, r.extinctionSlope(k), ""));
        }
        for (int k = 0; k < r.spectra().size(); k++) {
            out.add(parameter("grey", r.spectra().get(k).name(), r.grey(k), ""));
        }
        for (int k = 0; k < r.spectra().size(); k++) {
            out.add(parameter("shift", r.spectra().get(k).name(), r.shift(k), "nm"));
        }
        return out;
    }

    private static List<Outlier> outliers(JointResult r) {
        List<Outlier> out = new ArrayList<>();
        double[] grey = new double[r.spectra().size()];
        for (int k = 0; k < grey.length; k++) {
            grey[k] = r.grey(k).value();
        }
        double middle = io.spectractor.core.fit.RobustStatistics.median(grey);
        double[] away = new double[grey.length];
        for (int k = 0; k < grey.length; k++) {
            away[k] = Math.abs(grey[k] - middle);
        }
        double scatter = io.spectractor.core.fit.RobustStatistics.MAD_TO_SIGMA
                * io.spectractor.core.fit.RobustStatistics.median(away);
        for (int k = 0; k < grey.length; k++) {
            String name = r.spectra().get(k).name();
            if (grey.length > 2 && middle - grey[k] > Math.max(CLOUD_SIGMA * scatter, CLOUD * middle)) {
                out.add(new Outlier(
                        name,
                        true,
                        null,
                        null,
                        0,
                        String.format(Locale.ROOT, "cloud: grey factor %.3f of the others'", grey[k] / middle)));
            }
            ranges(r, k, name, out);
        }
        return out;
    }

    private static void ranges(JointResult r, int k, String name, List<Outlier> out) {
        NightSpectrum s = r.spectra().get(k);
        boolean[] used = r.used(k);
        int usable = s.usableCount();
        int lost = usable - r.columns(k);
        if (lost > TOO_MANY_OUT * usable || r.modelError(k) > BAD_FIT) {
            out.add(new Outlier(
                    name,
                    true,
                    null,
                    null,
                    lost,
                    String.format(
                            Locale.ROOT,
                            "it doesn't fit: %d of %d columns left out, model error %.1f %%",
                            lost,
                            usable,
                            100 * r.modelError(k))));
        }
        int start = -1;
        int count = 0;
        for (int i = 0; i <= s.size(); i++) {
            boolean dropped = i < s.size() && s.usable()[i] && !used[i];
            if (dropped) {
                start = start < 0 ? i : start;
                count++;
            } else if (start >= 0) {
                out.add(new Outlier(
                        name, false, s.lambdaNm()[start], s.lambdaNm()[i - 1], count, "columns far from the model"));
                start = -1;
                count = 0;
            }
        }
    }
}
