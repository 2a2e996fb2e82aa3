package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;

import io.spectractor.core.astrometry.SkyData;
import io.spectractor.core.astrometry.SkyStar;
import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.SkyCalibration;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.Setting;
import io.spectractor.core.config.SettingsApplier;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import io.spectractor.core.simulation.StarCatalogue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A simulated field whose stars are in a table: one with a spectrum 7 px beside the target's and a quarter of its light, one
 * under the spectrum, and a hundred others.
 */
@Tag("slow")
class KnownStarsTest {
    private static final CalibrationStore TABLES = EmbeddedCalibration.load();
    private static final PixelPosition ORDER0 = new PixelPosition(744.3, 683.6);
    private static final double ARCSEC = 0.401;
    private static final PixelPosition WRONG = new PixelPosition(930, 560);

    private static byte[] image;
    private static SimulatedFrame frame;
    private static SkyData sky;

    @BeforeAll
    static void simulate() {
        List<SkyStar> stars = new ArrayList<>();
        SkyStar target = new SkyStar(193.31387874, -18.52522967, 314.62, -802.79, 2015.5, 8.21, Double.NaN);
        stars.add(target);
        add(stars, target, -60, 7, 9.7);
        add(stars, target, 300, -8, 12.5);
        Random random = new Random(20);
        for (int i = 0; i < 100; i++) {
            add(
                    stars,
                    target,
                    -700 + 1900 * random.nextDouble(),
                    -650 + 1950 * random.nextDouble(),
                    12 + 4 * random.nextDouble());
        }
        List<String> lines = new ArrayList<>(List.of("ra,dec,pmra,pmdec,ref_epoch,mag"));
        for (SkyStar s : stars) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.9f,%.9f,%.2f,%.2f,%.2f,%.3f",
                    s.raDeg(),
                    s.decDeg(),
                    s.pmRaMas(),
                    s.pmDecMas(),
                    s.epoch(),
                    s.magnitude()));
        }
        StarCatalogue catalogue = StarCatalogue.parse(lines, "field.csv");
        ObservingConditions night =
                new ObservingConditions(LocalDate.of(2017, 5, 30), 120, 193.3, -18.52, 10, -30.17, 8, 784, 30, 1.2);
        FrameSimulator simulator = new FrameSimulator(Instruments.ctio().config());
        SimulationSettings settings = simulator.withStars(
                SimulationSettings.builder(
                                "HD111980",
                                "HoloAmAg",
                                ORDER0,
                                55.6,
                                night,
                                SimulatedPsf.moffat(new double[] {3.1, 0.2, 0.1}, new double[] {2.8}))
                        .stars(List.of(), 0)
                        .seed(21)
                        .build(),
                catalogue,
                TABLES);
        frame = simulator.simulate(settings, TABLES);
        image = FrameFiles.imageBytes(frame);
        sky = new SkyData("field.csv", stars, new TreeMap<>(Map.of("sim", simulator.wcs(settings, catalogue, TABLES))));
    }

    /** A star so many pixels from the target in 2017.4: west is right, north down. */
    private static void add(List<SkyStar> stars, SkyStar target, double dx, double dy, double magnitude) {
        double dec = target.at(2017.4).decDeg() - dy * ARCSEC / 3600;
        double ra = target.at(2017.4).raDeg() - dx * ARCSEC / 3600 / Math.cos(Math.toRadians(dec));
        stars.add(new SkyStar(ra, dec, 0, 0, 2017.4, magnitude, Double.NaN));
    }

    private static SpectrumProduct extract(CalibrationStore store, PixelPosition guess, String... settings) {
        List<Setting> all = new ArrayList<>();
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            all.add(new Setting(pair[0], pair[1], "test"));
        }
        ExtractionConfig config = SettingsApplier.apply(Instruments.ctio().config(), all);
        ExtractionOutcome outcome = new SpectrumExtractor(config, store)
                .extract(image, new ExposureRequest("sim.fits", "HD111980", "HoloAmAg", guess, null, null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        return ((ExtractionOutcome.Done) outcome).product();
    }

    private static double rms(SpectrumProduct product) {
        SpectrumTable s = product.spectrum();
        TabulatedCurve flux =
                new TabulatedCurve(frame.truth().lambdaNm(), frame.truth().flux(), TabulatedCurve.Outside.HOLD);
        double squares = 0;
        double sum = 0;
        int n = 0;
        for (int i = 0; i < s.size(); i++) {
            if (s.lambdaNm()[i] > 380 && s.lambdaNm()[i] < 950) {
                double t = flux.at(s.lambdaNm()[i]);
                squares += (s.flux()[i] - t) * (s.flux()[i] - t);
                sum += t;
                n++;
            }
        }
        return Math.sqrt(squares / n) / (sum / n);
    }

    @Test
    void starsOfTheTableAreTakenOutAndOrderZeroIsFoundWhereTheGuessIsWrong() {
        CalibrationStore known = SkyCalibration.of(TABLES, sky);
        SpectrumProduct with = extract(known, WRONG, "astrometry.wcs=wcs", "astrometry.stars=field.csv");
        assertThat(new PixelPosition(with.summary().targetX(), with.summary().targetY()).distanceTo(ORDER0))
                .isLessThan(0.1);
        assertThat(with.summary().astrometry().skyMatches()).isGreaterThan(50);
        assertThat(with.summary().astrometry().starsInModel()).isBetween(2, 10);
        assertThat(with.caveats()).contains(Caveat.KNOWN_STARS).doesNotContain(Caveat.WCS_NOT_USED);
        assertThat(rms(with)).isLessThan(0.02);
        SpectrumProduct without = extract(TABLES, ORDER0);
        assertThat(with.caveats()).doesNotContain(Caveat.COMPANION_SPECTRUM);
        assertThat(rms(without)).isGreaterThan(1.5 * rms(with));
    }

    @Test
    void coordinatesOfAnotherFieldAreSaidAndOrderZeroIsSearchedFor() {
        String header = sky.headers().get("sim");
        String other = header.replaceFirst("CRVAL1  = +\\S+", String.format("%-30s", "CRVAL1  = 194.0"));
        SkyData wrong = new SkyData("field.csv", sky.stars(), new TreeMap<>(Map.of("sim", other)));
        SpectrumProduct product = extract(
                SkyCalibration.of(TABLES, wrong),
                ORDER0,
                "astrometry.wcs=wcs",
                "astrometry.stars=field.csv",
                "extraction.method=psf1d");
        assertThat(product.caveats()).contains(Caveat.WCS_NOT_USED);
        assertThat(product.summary().astrometry().skySource())
                .startsWith("none: sim.fits: the world coordinates put the target at")
                .contains("outside the image of 2048 x 2048");
        assertThat(new PixelPosition(
                                product.summary().targetX(), product.summary().targetY())
                        .distanceTo(ORDER0))
                .isLessThan(0.1);
    }

    @Test
    void imagesMayFailInstead() {
        ExtractionConfig config = SettingsApplier.apply(
                Instruments.ctio().config(),
                List.of(
                        new Setting("astrometry.wcs", "header", "test"),
                        new Setting("astrometry.fallback", "fail", "test")));
        ExtractionOutcome outcome = new SpectrumExtractor(config, TABLES)
                .extract(image, new ExposureRequest("sim.fits", "HD111980", "HoloAmAg", ORDER0, null, null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Failed.class);
        assertThat(((ExtractionOutcome.Failed) outcome).failure().message())
                .startsWith("sim.fits: no usable world coordinates: it has no CTYPE1");
    }
}
