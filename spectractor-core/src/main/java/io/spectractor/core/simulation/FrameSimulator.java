package io.spectractor.core.simulation;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.observation.FlatField;
import io.spectractor.core.optics.CameraOrientation;
import io.spectractor.core.target.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws slitless exposures of which everything is known: orders 0 to 3 of a star behind a disperser, refraction by
 * the atmosphere, a point spread function that changes with wavelength, field stars, sky, and the detector with its
 * noise and blemishes.
 *
 * <p>Immutable and safe for threads; the same settings give the same frame.
 */
public final class FrameSimulator {
    private static final long STREAM_STARS = 4;
    private static final long STREAM_STAR_COLOURS = 8;
    private static final double COOLEST_STAR_K = 3500;
    private static final double HOTTEST_STAR_K = 8000;
    private static final double FAINTEST_STAR_ADU_PER_S = 2;
    private static final double BRIGHTEST_STAR_ADU_PER_S = 2000;

    private final ExtractionConfig config;
    private final SimulatedCamera camera;
    private final @Nullable AtmosphereModel atmosphere;
    private final @Nullable FlatField flat;

    /** A simulator for a site and camera, with the atmosphere of the calibration data. */
    public FrameSimulator(ExtractionConfig config) {
        this(config, null);
    }

    /**
     * A simulator for a site and camera.
     *
     * @param atmosphere model of the atmosphere, or null for that of the calibration data
     */
    public FrameSimulator(ExtractionConfig config, @Nullable AtmosphereModel atmosphere) {
        this(config, SimulatedCamera.of(config), atmosphere, null);
    }

    private FrameSimulator(
            ExtractionConfig config,
            SimulatedCamera camera,
            @Nullable AtmosphereModel atmosphere,
            @Nullable FlatField flat) {
        this.config = config;
        this.camera = camera;
        this.atmosphere = atmosphere;
        this.flat = flat;
    }

    /** The same with a chip whose pixels respond as a flat says; what is not a number there counts nothing. */
    public FrameSimulator withFlat(FlatField response) {
        return new FrameSimulator(config, camera, atmosphere, response);
    }

    /**
     * The light of a frame.
     *
     * @throws IllegalArgumentException as {@link Scene#of(SimulationSettings, ExtractionConfig, CalibrationStore)}
     */
    public Scene scene(SimulationSettings settings, CalibrationStore store) {
        return atmosphere == null ? Scene.of(settings, config, store) : Scene.of(settings, config, store, atmosphere);
    }

    /**
     * A frame of a star of the calibration data.
     *
     * @throws IllegalArgumentException if the calibration data lack what the settings name
     */
    public SimulatedFrame simulate(SimulationSettings settings, CalibrationStore store) {
        return simulate(settings, scene(settings, store));
    }

    /**
     * A frame of given light.
     *
     * @throws IllegalArgumentException if the flat is not as large as the chip
     */
    public SimulatedFrame simulate(SimulationSettings settings, Scene scene) {
        FrameGeometry geometry = new FrameGeometry(settings, scene, config);
        RateImage canvas =
                new RateImage(settings.detector().width(), settings.detector().height());
        ShapeScale scale = new ShapeScale(config, geometry);

        OrderLight first = OrderLight.of(1, scene, geometry);
        OrderLight second = OrderLight.of(2, scene, geometry);
        OrderLight third = OrderLight.of(3, scene, geometry);
        SpectrumPainter painter = new SpectrumPainter(canvas, new ProfileSet(settings.psf()), scale);
        for (OrderLight light : List.of(first, second, third)) {
            painter.spectrum(light, 1);
        }
        double order0Rate = settings.order0Ratio() * first.totalRate();
        painter.star(settings.order0().x(), settings.order0().y(), order0Rate);
        FieldSpectra spectra = new FieldSpectra(settings, scene, config, canvas, painter);
        for (FieldStar other : stars(settings)) {
            painter.star(other.x(), other.y(), other.rateAduPerS());
            spectra.draw(other, order0Rate);
        }
        canvas.add(settings.sky());
        if (flat != null) {
            canvas.multiply(flat);
        }

        Readout readout = new Readout(
                settings.detector(), config.ccd().gain(), settings.conditions().exposureSeconds(), settings.seed());
        return new SimulatedFrame(
                canvas.width(),
                canvas.height(),
                readout.read(canvas),
                camera.isCtio()
                        ? SimulatedHeader.cards(settings, config)
                        : DescribedHeader.cards(settings, config, camera),
                truth(settings, scene, geometry, scale, first));
    }

    /**
     * Settings with the stars of a catalogue added, as bright against the target's order 0 as the magnitudes say.
     *
     * @throws IllegalArgumentException as {@link #simulate(SimulationSettings, CalibrationStore)}
     */
    public SimulationSettings withStars(SimulationSettings settings, StarCatalogue catalogue, CalibrationStore store) {
        Scene scene = scene(settings, store);
        OrderLight first = OrderLight.of(1, scene, new FrameGeometry(settings, scene, config));
        List<FieldStar> stars = new ArrayList<>(settings.stars());
        stars.addAll(catalogue.around(
                new CalibrationLookup(store).inTheSky(settings.target()),
                settings.order0(),
                settings.order0Ratio() * first.totalRate(),
                camera(),
                FrameWcs.year(settings)));
        return settings.toBuilder().stars(stars, settings.randomStars()).build();
    }

    /**
     * World coordinates of a frame, as solve-field would write them for the image as it is extracted.
     *
     * @param catalogue where the target's position is looked up first, or null
     * @return cards of 80 characters, filled up to whole FITS blocks
     * @throws IllegalArgumentException if the calibration data lack the target
     */
    public String wcs(SimulationSettings settings, @Nullable StarCatalogue catalogue, CalibrationStore store) {
        Target target = new CalibrationLookup(store).inTheSky(settings.target());
        double year = FrameWcs.year(settings);
        StarCatalogue known = catalogue == null ? StarCatalogue.empty() : catalogue;
        return FrameWcs.header(known.place(target, year), settings.order0(), camera(), settings.detector());
    }

    private CameraOrientation camera() {
        return CameraOrientation.of(config.site(), config.ccd().plateScaleArcsec());
    }

    /** The given stars, then random ones whose number grows towards the faint as rate^-1. */
    private static List<FieldStar> stars(SimulationSettings settings) {
        RandomSource random = new RandomSource(settings.seed(), STREAM_STARS);
        RandomSource colours = new RandomSource(settings.seed(), STREAM_STAR_COLOURS);
        List<FieldStar> stars = new ArrayList<>(settings.stars());
        for (int i = 0; i < settings.randomStars(); i++) {
            double x = random.uniform(0, settings.detector().width());
            double y = random.uniform(0, settings.detector().height());
            double rate = Math.min(BRIGHTEST_STAR_ADU_PER_S, FAINTEST_STAR_ADU_PER_S / (1 - random.uniform()));
            double temperature = COOLEST_STAR_K * StrictMath.pow(HOTTEST_STAR_K / COOLEST_STAR_K, colours.uniform());
            stars.add(new FieldStar(x, y, rate, temperature));
        }
        return stars;
    }

    private SimulationTruth truth(
            SimulationSettings settings, Scene scene, FrameGeometry geometry, ShapeScale scale, OrderLight first) {
        int n = first.size() / OrderLight.STEPS_PER_PX;
        double[] lambda = new double[n];
        double[] flux = new double[n];
        double[] rate = new double[n];
        double[] order2 = new double[n];
        double[] x = new double[n];
        double[] y = new double[n];
        int shapes = settings.psf().coefficients().size();
        List<double[]> shape = new ArrayList<>();
        for (int j = 0; j < shapes; j++) {
            shape.add(new double[n]);
        }
        for (int i = 0; i < n; i++) {
            double counts = 0;
            double perFlux = 0;
            double nm = 0;
            for (int k = i * OrderLight.STEPS_PER_PX; k < (i + 1) * OrderLight.STEPS_PER_PX; k++) {
                counts += first.rate[k];
                perFlux += geometry.ratePerFlux(first.lambdaNm[k]) * first.widthNm[k];
                nm += first.lambdaNm[k] / OrderLight.STEPS_PER_PX;
                x[i] += first.x[k] / OrderLight.STEPS_PER_PX;
                y[i] += first.y[k] / OrderLight.STEPS_PER_PX;
            }
            lambda[i] = nm;
            rate[i] = counts;
            flux[i] = counts / perFlux;
            order2[i] = flux[i] * geometry.orderRatio(2, nm);
            double[] here = settings.psf().shapeAt(scale.at(nm));
            for (int j = 0; j < shapes; j++) {
                shape.get(j)[i] = here[j];
            }
        }
        return new SimulationTruth(
                settings,
                geometry.axisAngleDeg(),
                geometry.groovesPerMm(),
                scene.lambdaRefNm(),
                lambda,
                flux,
                rate,
                order2,
                x,
                y,
                shape);
    }
}
