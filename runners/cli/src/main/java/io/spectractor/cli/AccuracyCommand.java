package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.config.ConfigLoader;
import io.spectractor.batch.run.Machine;
import io.spectractor.batch.run.ProductEncoder;
import io.spectractor.cli.accuracy.AccuracyTable;
import io.spectractor.cli.accuracy.Campaign;
import io.spectractor.cli.accuracy.CampaignFrame;
import io.spectractor.cli.accuracy.CampaignSky;
import io.spectractor.cli.accuracy.ChosenDispersers;
import io.spectractor.cli.accuracy.FrameResult;
import io.spectractor.cli.accuracy.FrameResult.Recovered;
import io.spectractor.cli.accuracy.NebulaCampaign;
import io.spectractor.cli.accuracy.NebulaFrame;
import io.spectractor.cli.accuracy.NebulaTable;
import io.spectractor.cli.accuracy.ReferenceKind;
import io.spectractor.cli.demo.TruthComparison;
import io.spectractor.cli.night.NightCampaign;
import io.spectractor.cli.night.NightPulls;
import io.spectractor.core.atmosphere.AtmosphereFitResult;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.atmosphere.FitParameter;
import io.spectractor.core.atmosphere.FitSettings;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.DescribedCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import io.spectractor.core.spectrogram.SpectrogramAtmosphereFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how true extractions are. */
@Command(
        name = "accuracy",
        description =
                "Simulates frames of an instrument over all dispersers, places on the chip, seeings and fluxes, extracts them, fits"
                        + " their atmosphere, and prints how far from the truth the results are, as Markdown.",
        footer = {
            "",
            "Spectra are compared with the truth between 370 and 1000 nm. A pull is a difference from the truth over its",
            "error; its width is robust (1.4826 times the median deviation) and 1 where errors are honest.",
            "The same options give the same frames and figures.",
            "",
            "Examples:",
            "  spectractor accuracy --count 20 --seed 1",
            "  spectractor accuracy --instrument auxtel --stars types --count 100",
            "  spectractor accuracy --stars types --references known,unknown,wrong --count 36",
            "  spectractor accuracy --nights 20 --set extraction.method=psf1d",
            "  spectractor accuracy --nebula --references known,unknown --count 24"
        })
final class AccuracyCommand implements Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    private ConfigOptions configOptions = new ConfigOptions();

    @Option(names = "--target", paramLabel = "STAR", description = "Star of the frames. Default: HD111980")
    private String target = "HD111980";

    @Option(
            names = "--stars",
            paramLabel = "STAR,...",
            split = ",",
            description =
                    "Stars of the frames in turn, all as bright as --target and at its place; 'types' for one of each"
                            + " type, O to M and white dwarfs. Default: only --target")
    private List<String> stars = List.of();

    @Option(
            names = "--nebula",
            description =
                    "A planetary nebula instead of stars: thirteen lines on a faint continuum, whose places and light are"
                            + " compared with the truth. It stands at declination -30 degrees.")
    private boolean nebula;

    @Option(
            names = "--references",
            paramLabel = "KIND,...",
            split = ",",
            description =
                    "What the extraction is told of the star, in turn: known (its spectrum), unknown (nothing), wrong"
                            + " (the spectrum of another star). Default: known")
    private List<String> references = List.of("known");

    @Option(
            names = "--filters",
            paramLabel = "FILTER,...",
            split = ",",
            description = "Filters in turn, 'none' for no filter. Default: none")
    private List<String> filters = List.of("none");

    @Option(
            names = "--dispersers",
            paramLabel = "DISPERSER,...",
            split = ",",
            description = "Dispersers that frames are drawn with. Default: all of the instrument's that have data")
    private List<String> dispersers = List.of();

    @Option(
            names = "--frames",
            paramLabel = "NAME,...",
            split = ",",
            description = "How files are written, in turn: names of the frames of the instrument's description."
                    + " Default: all of them")
    private List<String> files = List.of();

    @Option(
            names = "--own-template",
            description = "Let the library of templates have the spectrum of the star itself when it is unknown."
                    + " Without this it never has.")
    private boolean ownTemplate;

    @Option(names = "--count", paramLabel = "N", description = "Frames. Default: 100")
    private int count = 100;

    @Option(
            names = "--nights",
            paramLabel = "N",
            description =
                    "Instead of single frames, simulate N nights of --target through --disperser with drifting air,"
                            + " thin clouds and a telescope that differs from the table by up to 3 %%, and print the pulls of their joint"
                            + " fits.")
    private @Nullable Integer nights;

    @Option(names = "--spectra", paramLabel = "N", description = "With --nights: frames of a night. Default: 12")
    private int spectra = 12;

    @Option(names = "--disperser", paramLabel = "LABEL", description = "With --nights. Default: HoloAmAg")
    private String disperser = "HoloAmAg";

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the frames. Default: 1")
    private long seed = 1;

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "N",
            description = "Frames in progress at a time. Default: one per core")
    private @Nullable Integer workers;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the figures of each frame into a table.")
    private @Nullable Path csv;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep frames, truth and products there.")
    private @Nullable Path keep;

    AccuracyCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new UsageException("--count " + count + ": must be 1 or more");
        }
        AccuracyOptions.check(spec.commandLine().getParseResult());
        ConfigLoader.Loaded loaded = configOptions.load(services.workingFolder());
        CalibrationStore store = DescribedCalibration.of(services.calibration().get(), Instrument.of(loaded.config()));
        if (nights != null) {
            return nights(loaded.config(), store, Options.positive("--nights", nights, 1));
        }
        List<CampaignFrame> plan;
        try {
            store = dispersers.isEmpty() ? store : new ChosenDispersers(store, dispersers);
            if (nebula) {
                return nebulae(loaded.config(), store);
            }
            boolean several = !stars.isEmpty();
            store = several ? new CampaignSky(store, target) : store;
            List<String> names = several ? stars : List.of(target);
            plan = new Campaign(names.equals(List.of("types")) ? Campaign.TYPES : names, kinds(), filters, files)
                    .plan(loaded.config(), store, count, seed);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
        CalibrationStore seen = store;
        List<Callable<FrameResult>> work = plan.stream()
                .<Callable<FrameResult>>map(frame -> () -> measure(frame, loaded.config(), seen))
                .toList();
        List<FrameResult> figures = inParallel(work);
        writeCsv(FrameResult.csvHeader(), figures.stream().map(f -> f.csv() + "\n"));
        services.out().print(AccuracyTable.of(figures));
        boolean complete = figures.stream().allMatch(f -> f.comparison() != null);
        return (complete ? ExitCode.ALL_DONE : ExitCode.SOME_FAILED).code();
    }

    private int nights(ExtractionConfig config, CalibrationStore store, int number) {
        try {
            NightPulls pulls = new NightCampaign(
                            config,
                            store,
                            new NightCampaign.Settings(target, disperser, number, spectra, seed, threads()))
                    .run();
            services.out().print(pulls.table());
            return (pulls.complete() ? ExitCode.ALL_DONE : ExitCode.SOME_FAILED).code();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private int nebulae(ExtractionConfig config, CalibrationStore store) throws IOException {
        NebulaCampaign campaign = new NebulaCampaign(config, store);
        List<ReferenceKind> kinds = kinds();
        List<PlannedFrame> plan = campaign.plan(count, seed);
        int several = (int)
                plan.stream().map(f -> f.settings().disperser()).distinct().count();
        List<Callable<NebulaFrame>> work = new ArrayList<>();
        for (int i = 0; i < plan.size(); i++) {
            PlannedFrame frame = plan.get(i);
            // every disperser meets every reference
            ReferenceKind kind = kinds.get((i + i / several) % kinds.size());
            work.add(() -> campaign.measure(frame, kind));
        }
        List<NebulaFrame> figures = inParallel(work);
        writeCsv(NebulaFrame.csvHeader(), figures.stream().map(NebulaFrame::csv));
        services.out().print(NebulaTable.of(figures));
        boolean complete = figures.stream().allMatch(f -> f.failure() == null);
        return (complete ? ExitCode.ALL_DONE : ExitCode.SOME_FAILED).code();
    }

    private void writeCsv(String header, Stream<String> rows) throws IOException {
        if (csv != null) {
            Files.writeString(
                    services.workingFolder().resolve(csv), rows.collect(Collectors.joining("", header + "\n", "")));
        }
    }

    private List<ReferenceKind> kinds() {
        return references.stream()
                .map(word -> Arrays.stream(ReferenceKind.values())
                        .filter(kind -> kind.name().equalsIgnoreCase(word.strip()))
                        .findFirst()
                        .orElseThrow(
                                () -> new UsageException("--references " + word + ": must be known, unknown or wrong")))
                .toList();
    }

    private int threads() {
        return Options.positive("--workers", workers, Machine.defaultWorkers());
    }

    private <T> List<T> inParallel(List<Callable<T>> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads());
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> one : work) {
                running.add(pool.submit(one));
            }
            List<T> done = new ArrayList<>();
            for (Future<T> one : running) {
                done.add(one.get());
            }
            return done;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a frame could not be measured", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private FrameResult measure(CampaignFrame planned, ExtractionConfig config, CalibrationStore store)
            throws IOException {
        PlannedFrame frame = planned.frame();
        SimulatedFrame simulated = new FrameSimulator(config).simulate(frame.settings(), store);
        Path folder = keep == null ? null : services.workingFolder().resolve(keep);
        if (folder != null) {
            FrameFiles.write(simulated, planned.format(), folder, frame.stem());
        }
        ExposureRequest request =
                new ExposureRequest(frame.stem() + ".fits", planned.told(), null, frame.guess(), null, null);
        ExtractionOutcome outcome = new SpectrumExtractor(config, planned.told(store, ownTemplate))
                .extract(FrameFiles.imageBytes(simulated, planned.format()), request);
        double seconds = outcome.timings().totalSeconds();
        if (outcome instanceof ExtractionOutcome.Failed failed) {
            return new FrameResult(
                    frame.stem(),
                    planned.format().name(),
                    frame.settings(),
                    planned.reference(),
                    Double.NaN,
                    null,
                    new double[0],
                    Double.NaN,
                    List.of(),
                    List.of(),
                    failed.failure().message(),
                    seconds);
        }
        ExtractionOutcome.Done done = (ExtractionOutcome.Done) outcome;
        SpectrumProduct product = done.product();
        if (folder != null) {
            Files.write(
                    folder.resolve(frame.stem() + "_spectrum.fits"),
                    ProductEncoder.fits().encode(product, done.timings()));
        }
        List<Recovered> atmosphere = List.of();
        String failure = null;
        try {
            atmosphere = planned.reference() == ReferenceKind.KNOWN
                    ? atmosphere(product, config, frame.settings().atmosphere(), store)
                    : List.of();
        } catch (FitException | IllegalArgumentException e) {
            failure = "atmosphere: " + e.getMessage();
        }
        return new FrameResult(
                frame.stem(),
                planned.format().name(),
                frame.settings(),
                planned.reference(),
                (product.summary().distanceMm() - simulated.truth().distanceMm())
                        / product.summary().distanceErrMm(),
                TruthComparison.of(product, simulated.truth()),
                TruthComparison.pulls(product, simulated.truth()),
                product.summary().reducedChi2(),
                atmosphere,
                product.caveats().stream().map(Enum::name).toList(),
                failure,
                seconds);
    }

    /** The atmosphere from the pixels, where no prior of the spectrum gets in between. */
    private static List<Recovered> atmosphere(
            SpectrumProduct product, ExtractionConfig config, AtmosphereParameters truth, CalibrationStore store) {
        AtmosphereFitResult fit = new SpectrogramAtmosphereFit(
                        new AtmosphericTransmission(store.atmosphereTables()), FitSettings.usual())
                .fit(
                        product,
                        config,
                        FittedStar.disperser(product, store),
                        FittedStar.light(product, store, null),
                        Deadline.none())
                .fit();
        return List.of(
                recovered(fit.value(FitParameter.WATER), truth.waterMm()),
                recovered(fit.value(FitParameter.OZONE), truth.ozoneDu()),
                recovered(fit.value(FitParameter.AEROSOLS), truth.aerosolDepth()));
    }

    private static Recovered recovered(AtmosphereFitResult.Value value, double truth) {
        return new Recovered(value.parameter().label(), truth, value.value(), value.error());
    }
}
