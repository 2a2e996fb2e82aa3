package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.Json;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigBuilder;
import io.spectractor.cli.demo.AtmosphereChoice;
import io.spectractor.cli.night.FittedThroughput;
import io.spectractor.cli.night.JointOptions;
import io.spectractor.cli.night.JointRun;
import io.spectractor.cli.night.NightInputs;
import io.spectractor.core.atmosphere.AtmosphereFit;
import io.spectractor.core.atmosphere.AtmosphereFitResult;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.atmosphere.FitParameter;
import io.spectractor.core.atmosphere.FitSettings;
import io.spectractor.core.atmosphere.FittedTransmission;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.NearestMatch;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.product.ProductFormatException;
import io.spectractor.core.product.ProductReader;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.TopOfAtmosphereFile;
import io.spectractor.core.product.TopOfAtmosphereSpectrum;
import io.spectractor.core.spectrogram.SpectrogramAtmosphereFit;
import io.spectractor.core.spectrogram.SpectrogramFitResult;
import io.spectractor.plot.AtmospherePlot;
import io.spectractor.plot.Figure;
import io.spectractor.remote.SchedulerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the atmosphere in products. */
@Command(
        name = "fit",
        description =
                "Fit the atmosphere to spectra of stars with known energy distribution: precipitable water (PWV), ozone,"
                        + " aerosols (VAOD, angstrom_exp), with resolution (reso), wavelength scale (shift, stretch) and a grey"
                        + " factor (A1). Leaves NAME_atmosphere.json, NAME_atmosphere.png and NAME_atmosphere.fits, the spectrum"
                        + " with FLUX_TOA through the fitted transmission, for each NAME_spectrum.fits.",
        footer = {
            "",
            "Examples:",
            "  spectractor fit products/a_spectrum.fits",
            "  spectractor fit products/a_spectrum.fits --fix A1=1 --out air",
            "  spectractor fit --joint products --out joint"
        })
final class FitCommand implements Callable<Integer> {
    private final Services services;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "SPECTRUM",
            arity = "1..*",
            description =
                    "Files *_spectrum.fits; with --joint also folders, @LISTs of files, nightly HDF5 files, CSV, ECSV"
                            + " and FITS files of others.")
    private List<Path> spectra = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Folder of the results (default: beside the spectra).")
    private @Nullable Path out;

    @Option(
            names = "--data",
            paramLabel = "spectrogram|spectrum",
            description = "What to fit: the pixels of the spectrogram with point spread function, trace and orders"
                    + " (default), or the columns of the spectrum under their covariance; results of the latter are"
                    + " NAME_atmosphere1d.json, .png and .fits.")
    private FitData data = FitData.SPECTROGRAM;

    @Option(names = "--json", description = "Print the results as JSON, one line per spectrum.")
    private boolean json;

    @Option(
            names = "--fix",
            paramLabel = "NAME[=VALUE]",
            description = "Don't fit a parameter. All but angstrom_exp are fitted.")
    private List<String> fix = new ArrayList<>();

    @Option(names = "--free", paramLabel = "NAME[=START]", description = "Fit a parameter, from a start value.")
    private List<String> free = new ArrayList<>();

    @Mixin
    private CalibrationOptions calibration = new CalibrationOptions();

    @Option(
            names = "--grid",
            paramLabel = "NAME",
            description =
                    "A grid of the Python package Spectractor instead of our formulas: a file *_atmsim.fits, or one"
                            + " imported into the calibration data.")
    private @Nullable String grid;

    @Option(
            names = "--throughput-file",
            paramLabel = "FILE",
            description = "Throughput of the telescope that 'fit --joint' wrote, throughput_<instrument>.txt with its"
                    + " _covariance.csv beside it, instead of the table's; its errors enter those of the result.")
    private @Nullable Path throughputFile;

    @Mixin
    private JointOptions joint = new JointOptions();

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            defaultValue = "local",
            description = "What distributes the nights of a joint fit: local, spark or mpi.")
    private String scheduler = "local";

    @Mixin
    private SchedulerChoice schedulers = new SchedulerChoice();

    FitCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws Exception {
        if (joint.joint()) {
            return joint();
        }
        FittedThroughput throughput = throughputFile == null
                ? null
                : FittedThroughput.read(services.workingFolder().resolve(throughputFile));
        FitSettings settings = settings(throughput);
        CalibrationStore store = calibration.open(services);
        AtmosphereModel atmosphere = atmosphere(store);
        List<Path> files =
                spectra.stream().map(p -> services.workingFolder().resolve(p)).toList();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UsageException("spectrum " + file + " does not exist");
            }
        }
        if (out != null) {
            try {
                Files.createDirectories(services.workingFolder().resolve(out));
            } catch (IOException e) {
                throw new UsageException("the folder " + out + " cannot be made: " + e, e);
            }
        }
        int done = 0;
        for (Path file : files) {
            done += fitOne(settings, atmosphere, store, throughput, file) ? 1 : 0;
        }
        if (done == files.size()) {
            return ExitCode.ALL_DONE.code();
        }
        return (done == 0 ? ExitCode.ALL_FAILED : ExitCode.SOME_FAILED).code();
    }

    private int joint() throws Exception {
        if (throughputFile != null) {
            throw new UsageException("--throughput-file is for fits of single spectra; --joint fits the throughput");
        }
        List<Path> files = NightInputs.expand(spectra, services.workingFolder());
        Path folder = out == null
                ? files.get(0).toAbsolutePath().resolveSibling("joint")
                : services.workingFolder().resolve(out);
        SchedulerOptions distributed = schedulers.options(scheduler);
        OptionalInt helped = LaunchOptions.explained(services, folder, distributed);
        if (helped.isPresent()) {
            return helped.getAsInt();
        }
        CalibrationStore store = calibration.open(services);
        String known = grid;
        if (known != null && store.atmosphereGrid(known).isEmpty()) {
            known = services.workingFolder().resolve(known).toAbsolutePath().toString();
        }
        return new JointRun(store, atmosphere(store), known, joint, services.out(), services.err())
                .run(
                        files,
                        folder,
                        json,
                        new NightDistribution(services, calibration.choice(services), folder, distributed),
                        services.onRun())
                .code();
    }

    private FitSettings settings(@Nullable FittedThroughput throughput) {
        FitSettings settings = FitSettings.usual();
        if (throughput != null) {
            double min = throughput.curve().minNm();
            double max = throughput.curve().maxNm();
            if (!(min < settings.maxNm() && max > settings.minNm())) {
                throw new UsageException(throughput.name() + " is known from " + min + " to " + max + " nm, fits count "
                        + settings.minNm() + " to " + settings.maxNm() + " nm");
            }
            settings = settings.within(min, max);
        }
        settings = with(settings, free, FitSettings::withFree);
        return with(settings, fix, FitSettings::withFixed);
    }

    private static FitSettings with(
            FitSettings settings, List<String> words, BiFunction<FitSettings, FitParameter, FitSettings> change) {
        FitSettings changed = settings;
        for (String word : words) {
            int equals = word.indexOf('=');
            FitParameter parameter = parameter(equals < 0 ? word : word.substring(0, equals));
            changed = change.apply(changed, parameter);
            if (equals >= 0) {
                try {
                    changed = changed.withValue(parameter, Double.parseDouble(word.substring(equals + 1)));
                } catch (NumberFormatException e) {
                    throw new UsageException("'" + word + "': expected a number behind the =", e);
                }
            }
        }
        return changed;
    }

    private static FitParameter parameter(String name) {
        List<String> labels =
                Arrays.stream(FitParameter.values()).map(FitParameter::label).toList();
        return Arrays.stream(FitParameter.values())
                .filter(p -> p.label().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no parameter " + name
                        + NearestMatch.of(name, labels)
                                .map(n -> "; did you mean " + n + "?")
                                .orElse(", only " + String.join(", ", labels))));
    }

    private AtmosphereModel atmosphere(CalibrationStore store) {
        return grid == null
                ? new AtmosphericTransmission(store.atmosphereTables())
                : AtmosphereChoice.grid(grid, services.workingFolder(), store);
    }

    private boolean fitOne(
            FitSettings settings,
            AtmosphereModel atmosphere,
            CalibrationStore calibrationData,
            @Nullable FittedThroughput throughput,
            Path file) {
        try {
            String name = String.valueOf(file.getFileName());
            SpectrumProduct product = new ProductReader().read(file);
            ExtractionConfig config =
                    ConfigBuilder.fromCanonical(product.provenance().config());
            CalibrationStore store = DescribedCalibration.of(calibrationData, Instrument.of(config));
            SourceSpectrum light = FittedStar.light(product, store, throughput);
            String throughputName = throughput == null ? null : throughput.name();
            Path folder = out == null
                    ? file.toAbsolutePath().getParent()
                    : services.workingFolder().resolve(out);
            String stem = name.replaceAll("(?i)(_spectrum)?\\.fits$", "") + data.suffix();
            Path text = folder.resolve(stem + ".json");
            Path picture = folder.resolve(stem + ".png");
            FitFile record;
            AtmosphereFitResult fit;
            if (data == FitData.SPECTRUM) {
                warnOfPrior(name, product);
                fit = new AtmosphereFit(atmosphere, settings).fit(product, light, Deadline.none());
                record = FitFile.of(name, product, atmosphere, fit, throughputName);
                AtmospherePlot.write(product, atmosphere, fit, picture);
            } else {
                SpectrogramFitResult result = new SpectrogramAtmosphereFit(atmosphere, settings)
                        .fit(product, config, FittedStar.disperser(product, store), light, Deadline.none());
                fit = result.fit();
                record = FitFile.of(name, product, atmosphere, result, throughputName);
                AtmospherePlot.write(product, atmosphere, result, picture);
            }
            TopOfAtmosphereSpectrum above = new FittedTransmission(atmosphere, FittedStar.star(product, store), light)
                    .topOfAtmosphere(product, fit, isDeblurred(product), FittedStar.instrument(product, throughput));
            Figure.replace(folder.resolve(stem + ".fits"), TopOfAtmosphereFile.bytes(product, above));
            Figure.replace(text, (Json.pretty(record) + "\n").getBytes(StandardCharsets.UTF_8));
            if (json) {
                services.out().println(Json.line(record));
            } else {
                print(record, text);
            }
            return true;
        } catch (ProductFormatException | FitException | UsageException | IllegalArgumentException e) {
            services.err().println("FAILED " + file + ": " + e.getMessage());
        } catch (IOException e) {
            services.err().println("FAILED " + file + ": cannot be read, or its results written: " + e);
        }
        return false;
    }

    private static boolean isDeblurred(SpectrumProduct product) {
        return List.of("forward", "psf2d", "lines").contains(method(product));
    }

    /** The extraction that the spectrum is of; older products say only which one was asked for. */
    private static String method(SpectrumProduct product) {
        String method = product.summary().quality().method();
        return method != null ? method : product.provenance().config().getOrDefault("extraction.method", "");
    }

    /** The prior of a deconvolved spectrum would be taken for data. */
    private void warnOfPrior(String name, SpectrumProduct product) {
        if (isDeblurred(product)) {
            services.err()
                    .println(name + ": extracted with " + method(product)
                            + ", whose prior pulls a fit of the spectrum towards what"
                            + " was expected of it; --data spectrogram has no prior");
        }
    }

    private void print(FitFile record, Path text) {
        services.out()
                .println(String.format(
                        Locale.ROOT,
                        "%s  %s, airmass %.3f: chi2 %.1f for %d degrees of freedom, model error %.2f %%, %d outliers%s",
                        record.spectrum(),
                        record.target(),
                        record.airmass(),
                        record.chi2(),
                        record.degreesOfFreedom(),
                        100 * record.modelError(),
                        record.outlierWavelengthsNm().length,
                        record.converged() ? "" : ", not converged"));
        for (FitFile.Parameter p : record.parameters()) {
            String error = p.sigma() == null
                    ? p.atBound() ? "at the edge of its range" : "fixed"
                    : String.format(Locale.ROOT, "+- %.4g", p.sigma());
            services.out()
                    .println(String.format(
                            Locale.ROOT, "  %-12s %10.5g %-24s %s", p.label(), p.value(), error, p.unit()));
        }
        services.out().println("  " + text);
    }
}
