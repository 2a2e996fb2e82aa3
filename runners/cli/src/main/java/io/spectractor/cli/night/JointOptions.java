package io.spectractor.cli.night;

import io.spectractor.batch.UsageException;
import io.spectractor.core.night.AtmospherePriors;
import io.spectractor.core.night.JointSettings;
import io.spectractor.core.night.NightFit;
import io.spectractor.core.night.ThroughputBasis;
import io.spectractor.core.night.TimeVariation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options of the joint fit. */
public final class JointOptions {
    private static final double NIGHTLY_MIN_NM = 380;
    private static final double NIGHTLY_MAX_NM = 985;
    private static final double NIGHTLY_STAR_ERROR = 0.015;
    private static final double NIGHTLY_TABLE_OZONE_DU = 300;
    private static final double NIGHTLY_EXTINCTION_SLOPE = 0.1;

    @Option(
            names = "--joint",
            description = "Fit all spectra together: they share the atmosphere of the night and the throughput of each"
                    + " instrument. Leaves joint.json and the throughputs in the folder of --out (default: joint, beside"
                    + " the first spectrum).")
    boolean joint;

    @Option(
            names = "--pwv",
            paramLabel = "auto|constant|linear|each",
            description = "Time variation of the water through the night (default: what the evidence prefers).")
    private String pwv = "auto";

    @Option(
            names = "--ozone",
            paramLabel = "auto|constant|linear|each",
            description = "Time variation of the ozone column.")
    private String ozone = "auto";

    @Option(
            names = "--aerosols",
            paramLabel = "auto|constant|linear|each",
            description = "Time variation of the aerosols.")
    private String aerosols = "auto";

    @Option(
            names = "--throughput",
            paramLabel = "smooth|bins|fixed",
            description =
                    "What the tabulated throughput is multiplied with: a smooth factor (default), a number per bin,"
                            + " nothing.")
    private String throughput = "smooth";

    @Option(
            names = "--knots",
            paramLabel = "NM",
            description =
                    "Distance of the knots of the smooth factor (default 25 nm), or width of the bins (default 5 nm).")
    private @Nullable Double knots;

    @Option(
            names = "--range",
            paramLabel = "MIN:MAX",
            description =
                    "Wavelengths that count, nm (default 365:1055; 380:985 for nightly HDF5 files, beyond which other"
                            + " light contaminates them).")
    private @Nullable String range;

    @Option(names = "--airmass", paramLabel = "Z", description = "Airmass of spectra whose files do not give it.")
    @Nullable
    Double airmass;

    @Option(
            names = "--pressure",
            paramLabel = "HPA",
            description = "Pressure at the telescope, where files do not give it.")
    @Nullable
    Double pressure;

    @Option(names = "--star", paramLabel = "NAME", description = "The star, where files do not name it.")
    @Nullable
    String star;

    @Option(names = "--grating", paramLabel = "LABEL", description = "The disperser, where files do not name it.")
    @Nullable
    String grating;

    @Option(
            names = "--date",
            paramLabel = "ISO",
            description = "Time of the middle of the exposure, UTC, where files do not give it.")
    @Nullable
    String date;

    @Option(
            names = "--sample",
            description =
                    "Also sample the posterior: chains.h5 in the layout of emcee 3 and a triangle plot, with means, errors,"
                            + " split R-hat and effective sample size in the result. A chains.h5 of the same fit is"
                            + " continued.")
    boolean sample;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "Steps of each chain (default: until split R-hat is 1.01 or less and there are 400 independent"
                            + " samples of every parameter, at most 4000).")
    @Nullable
    Integer steps;

    @Option(names = "--chains", paramLabel = "N", defaultValue = "8", description = "Number of chains (default 8).")
    int chains = 8;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the chains (default 1).")
    long seed = 1;

    @Option(
            names = "--prior-ozone",
            paramLabel = "MEAN:SIGMA",
            description =
                    "Prior of the ozone column, DU (default 300:150; for nightly HDF5 files 270:36, a climatology of the"
                            + " Chilean mountains).")
    private @Nullable String priorOzone;

    @Option(
            names = "--prior-aerosols",
            paramLabel = "MEAN:SIGMA",
            description = "Prior of the aerosols' optical depth (default 0.05:0.3; for nightly HDF5 files 0.05:0.04).")
    private @Nullable String priorAerosols;

    @Option(
            names = "--star-error",
            paramLabel = "PERCENT",
            description =
                    "Error of the energy distributions, smooth in wavelength and different for each star (default 0; 1.5 for nightly"
                            + " HDF5 files).")
    private @Nullable Double starError;

    @Option(
            names = "--table-ozone",
            paramLabel = "SIGMA",
            description =
                    "How much ozone the tabulated throughput may have in it or lack, DU (default 0; 300 for nightly HDF5 files, whose"
                            + " table was made from spectra). Ozone is then measured by its growth with airmass alone.")
    private @Nullable Double tableOzone;

    @Option(
            names = "--extinction-slope",
            paramLabel = "SIGMA",
            description =
                    "Losses of the instrument that grow with airmass, one slope per night: standard deviation of the optical depth per"
                            + " airmass and unit of ln wavelength (default 0; 0.1 for nightly HDF5 files).")
    private @Nullable Double extinctionSlope;

    @Option(
            names = "--resume",
            description =
                    "Keep nights that are done: made from the same spectra with the same settings, calibration data and"
                            + " program. The others are fitted.")
    boolean resume;

    @Option(
            names = "--season",
            description =
                    "Fit the nights of each half year together: they share throughput and stars, ozone and aerosols have"
                            + " a value for each night, water for each spectrum.")
    boolean season;

    /** Whether a joint fit was asked for. */
    public boolean joint() {
        return joint;
    }

    NightFit.Request request(String option, String word) {
        if (word.equalsIgnoreCase("auto")) {
            return NightFit.Request.byEvidence();
        }
        try {
            TimeVariation variation = TimeVariation.valueOf(word.toUpperCase(Locale.ROOT));
            boolean within = variation == TimeVariation.CONSTANT || variation == TimeVariation.LINEAR;
            if (season ? within : variation == TimeVariation.NIGHTLY) {
                throw new UsageException(option + " " + word
                        + (season
                                ? ": the nights of --season differ; expected each or nightly"
                                : ": only with --season"));
            }
            return new NightFit.Request(variation);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " " + word + ": expected auto, constant, linear or each", e);
        }
    }

    /** The date that names what a night is fitted with: its own, or with {@link #season} the first of its half year. */
    LocalDate fittedWith(LocalDate evening) {
        return season ? LocalDate.of(evening.getYear(), evening.getMonthValue() <= 6 ? 1 : 7, 1) : evening;
    }

    NightFit.Request water() {
        return request("--pwv", pwv);
    }

    NightFit.Request ozone() {
        return request("--ozone", ozone);
    }

    NightFit.Request aerosols() {
        return request("--aerosols", aerosols);
    }

    /** Refuses options that mean nothing before anything is read. */
    void check() {
        settings(false);
        water();
        ozone();
        aerosols();
    }

    /** The options that decide results, as words of a command line: {@link #of} makes the same of them. */
    List<String> words() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("--pwv", pwv);
        given.put("--ozone", ozone);
        given.put("--aerosols", aerosols);
        given.put("--throughput", throughput);
        given.put("--knots", knots);
        given.put("--range", range);
        given.put("--airmass", airmass);
        given.put("--pressure", pressure);
        given.put("--star", star);
        given.put("--grating", grating);
        given.put("--date", date);
        given.put("--steps", steps);
        given.put("--chains", chains);
        given.put("--seed", seed);
        given.put("--prior-ozone", priorOzone);
        given.put("--prior-aerosols", priorAerosols);
        given.put("--star-error", starError);
        given.put("--table-ozone", tableOzone);
        given.put("--extinction-slope", extinctionSlope);
        List<String> words = new ArrayList<>(List.of("--joint"));
        if (sample) {
            words.add("--sample");
        }
        if (season) {
            words.add("--season");
        }
        given.forEach((option, value) -> {
            if (value != null) {
                words.add(option + "=" + value);
            }
        });
        return words;
    }

    /** The options that words stand for. */
    static JointOptions of(List<String> words) {
        return CommandLine.populateCommand(new JointOptions(), words.toArray(String[]::new));
    }

    JointSettings settings(boolean nightly) {
        ThroughputBasis.Kind kind;
        try {
            kind = ThroughputBasis.Kind.valueOf(throughput.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--throughput " + throughput + ": expected one of "
                            + Arrays.toString(ThroughputBasis.Kind.values()).toLowerCase(Locale.ROOT),
                    e);
        }
        JointSettings settings = JointSettings.usual().withThroughput(kind);
        if (nightly) {
            settings = settings.withRange(NIGHTLY_MIN_NM, NIGHTLY_MAX_NM)
                    .withPriors(AtmospherePriors.climatology())
                    .withStarError(NIGHTLY_STAR_ERROR)
                    .withOrder2(true)
                    .withTableOzone(NIGHTLY_TABLE_OZONE_DU)
                    .withExtinctionSlope(NIGHTLY_EXTINCTION_SLOPE);
        }
        settings = settings.withPriors(priors(settings.priors()));
        if (starError != null) {
            settings = settings.withStarError(0.01 * starError);
        }
        settings = settings.withTableOzone(spread("--table-ozone", tableOzone, settings.tableOzoneDu()))
                .withExtinctionSlope(spread("--extinction-slope", extinctionSlope, settings.extinctionSlope()));
        if ((steps != null && steps < 10) || chains < 2) {
            throw new UsageException("--steps must be 10 or more, --chains 2 or more");
        }
        if (knots != null) {
            if (!(knots >= 2 && knots <= 500)) {
                throw new UsageException("--knots " + knots + ": expected 2 to 500 nm");
            }
            settings = settings.withStep(knots);
        }
        return range == null ? settings : range(settings, range);
    }

    private static double spread(String option, @Nullable Double given, double usual) {
        if (given == null) {
            return usual;
        }
        if (!(given >= 0 && given < Double.POSITIVE_INFINITY)) {
            throw new UsageException(option + " " + given + ": expected a number, 0 or more");
        }
        return given;
    }

    private AtmospherePriors priors(AtmospherePriors usual) {
        double[] o = pair("--prior-ozone", priorOzone, usual.ozoneDu(), usual.ozoneSpreadDu());
        double[] a = pair("--prior-aerosols", priorAerosols, usual.aerosols(), usual.aerosolSpread());
        return new AtmospherePriors(o[0], o[1], a[0], a[1]);
    }

    private static double[] pair(String option, @Nullable String text, double mean, double sigma) {
        if (text == null) {
            return new double[] {mean, sigma};
        }
        String[] parts = text.split(":", -1);
        try {
            double[] pair = {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
            if (parts.length == 2 && pair[1] > 0) {
                return pair;
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new UsageException(option + " " + text + ": expected MEAN:SIGMA, e.g. 270:36", e);
        }
        throw new UsageException(option + " " + text + ": expected MEAN:SIGMA, e.g. 270:36");
    }

    private static JointSettings range(JointSettings settings, String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 2) {
                return settings.withRange(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--range " + text + ": expected MIN:MAX in nm, e.g. 380:985", e);
        }
        throw new UsageException("--range " + text + ": expected MIN:MAX in nm, e.g. 380:985");
    }
}
