package io.spectractor.cli.night;

import io.spectractor.batch.run.ProductEncoder;
import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import io.spectractor.core.night.AtmosphereQuantity;
import io.spectractor.core.night.JointResult;
import io.spectractor.core.night.JointResult.Measured;
import io.spectractor.core.night.NightFit;
import io.spectractor.core.night.NightSpectrum;
import io.spectractor.core.night.ThroughputFactor;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.NightSchedule;
import io.spectractor.core.simulation.SimulatedNight.PlannedFrame;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Nights of one star that are simulated frame by frame, extracted, fitted together and held against the truth. Water, aerosols and
 * thin clouds drift through each night, and its telescope differs from the table by a smooth factor of up to 3 %.
 */
public final class NightCampaign {
    private static final LocalDate NIGHT = LocalDate.of(2017, 5, 30);
    private static final double EXPOSURE_S = 60;
    private static final int THROUGHPUTS = 12;
    private static final double FIRST_NM = 400;
    private static final double STEP_NM = 50;

    private final ExtractionConfig config;
    private final CalibrationStore store;
    private final AtmosphereModel atmosphere;
    private final Settings settings;

    /**
     * What to simulate.
     *
     * @param target name of the star
     * @param disperser label
     * @param nights number of nights
     * @param spectra number of frames of each
     * @param seed of everything random
     * @param workers frames in work at a time
     */
    public record Settings(String target, String disperser, int nights, int spectra, long seed, int workers) {}

    /**
     * A campaign.
     *
     * @param config of the extraction
     * @param store calibration data, of which the fits know no more than the tables
     */
    public NightCampaign(ExtractionConfig config, CalibrationStore store, Settings settings) {
        this.config = config;
        this.store = store;
        this.atmosphere = new AtmosphericTransmission(store.atmosphereTables());
        this.settings = settings;
    }

    /**
     * Runs.
     *
     * @return how far from the truth the fits are
     * @throws IllegalArgumentException if the calibration data lack star or disperser, or so many frames don't fit into the night
     */
    public NightPulls run() {
        NightPulls pulls = new NightPulls();
        ExecutorService pool = Executors.newFixedThreadPool(settings.workers());
        try {
            for (int i = 0; i < settings.nights(); i++) {
                night(settings.seed() + i, pool, pulls);
            }
        } finally {
            pool.shutdownNow();
        }
        return pulls;
    }

    private void night(long seed, ExecutorService pool, NightPulls pulls) {
        DeviatingThroughput telescope = new DeviatingThroughput(store, seed);
        List<PlannedFrame> frames = new NightSchedule(config, store)
                .plan(new NightSchedule.Request(
                        List.of(settings.target()),
                        List.of(settings.disperser()),
                        null,
                        settings.spectra(),
                        NIGHT,
                        EXPOSURE_S,
                        seed));
        Map<String, PlannedFrame> truths = new HashMap<>();
        List<Future<@Nullable RawSpectrum>> running = new ArrayList<>();
        for (PlannedFrame frame : frames) {
            truths.put(name(frame), frame);
            running.add(pool.submit(() -> spectrum(frame, telescope)));
        }
        List<RawSpectrum> spectra = new ArrayList<>();
        try {
            for (Future<@Nullable RawSpectrum> one : running) {
                RawSpectrum s = one.get();
                if (s != null) {
                    spectra.add(s);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a frame could not be simulated or extracted", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        JointOptions options = new JointOptions();
        NightAssembly assembly = new NightAssembly(store, atmosphere, options);
        assembly.add(spectra, NightAssembly.usualTelescope(spectra));
        List<NightSpectrum> kept =
                assembly.kept().stream().map(NightAssembly.Kept::spectrum).toList();
        pulls.lost(frames.size() - kept.size());
        try {
            NightFit fit = new NightFit(
                    atmosphere, options.settings(false), options.ozone(), options.aerosols(), options.water());
            JointResult result = fit.fit(kept, Deadline.none()).result();
            pulls.night(result.converged());
            if (result.converged()) {
                compare(result, truths, telescope, pulls);
            }
        } catch (FitException e) {
            pulls.night(false);
        }
    }

    private static String name(PlannedFrame frame) {
        return frame.stem() + "_spectrum.fits";
    }

    /** What a file of the frame's product would hold, or null without one. */
    private @Nullable RawSpectrum spectrum(PlannedFrame frame, CalibrationStore telescope) throws IOException {
        byte[] image = FrameFiles.imageBytes(new FrameSimulator(config).simulate(frame.settings(), telescope));
        ExposureRequest request =
                new ExposureRequest(frame.stem() + ".fits", settings.target(), null, frame.guess(), null, null);
        return new SpectrumExtractor(config, store).extract(image, request) instanceof ExtractionOutcome.Done done
                ? FitsSpectrum.read(name(frame), ProductEncoder.fits().encode(done.product(), done.timings()))
                : null;
    }

    private static void compare(
            JointResult r, Map<String, PlannedFrame> truths, DeviatingThroughput telescope, NightPulls pulls) {
        List<PlannedFrame> frames =
                r.spectra().stream().map(s -> truths.get(s.name())).toList();
        double mean = frames.stream()
                .mapToDouble(f -> f.settings().fluxScale())
                .average()
                .orElse(1);
        for (int k = 0; k < frames.size(); k++) {
            AtmosphereParameters air = frames.get(k).settings().atmosphere();
            pulls.add("PWV", r.quantity(AtmosphereQuantity.WATER, k), air.waterMm());
            pulls.add("aerosols", r.quantity(AtmosphereQuantity.AEROSOLS, k), air.aerosolDepth());
            pulls.add("grey factor", r.grey(k), frames.get(k).settings().fluxScale() / mean);
        }
        pulls.add(
                "ozone",
                r.quantity(AtmosphereQuantity.OZONE, 0),
                frames.get(0).settings().atmosphere().ozoneDu());
        double[] lambda = IntStream.range(0, THROUGHPUTS)
                .mapToDouble(j -> FIRST_NM + STEP_NM * j)
                .toArray();
        ThroughputFactor t = r.throughput(r.instruments().get(0), lambda);
        for (int j = 0; j < THROUGHPUTS; j++) {
            Measured m = new Measured(t.factor()[j], Math.sqrt(t.covariance()[j * THROUGHPUTS + j]));
            pulls.add("throughput", m, mean * telescope.factor(lambda[j]));
        }
    }
}
