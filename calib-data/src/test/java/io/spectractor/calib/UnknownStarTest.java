package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.calibration.CalibrationStore;
import io.spectractor.core.calibration.ForwardingCalibration;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.observation.ExposureRequest;
import io.spectractor.core.observation.PixelPosition;
import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.pipeline.ExtractionOutcome;
import io.spectractor.core.pipeline.SpectrumExtractor;
import io.spectractor.core.product.ReferenceSummary;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.simulation.FrameFiles;
import io.spectractor.core.simulation.FrameSimulator;
import io.spectractor.core.simulation.ObservingConditions;
import io.spectractor.core.simulation.SimulatedAtmosphere;
import io.spectractor.core.simulation.SimulatedFrame;
import io.spectractor.core.simulation.SimulatedPsf;
import io.spectractor.core.simulation.SimulationSettings;
import io.spectractor.core.target.Target;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stars whose spectrum nobody knows, and one that has another's. The library never has the star itself. */
class UnknownStarTest {
    private static final CalibrationStore STORE = EmbeddedCalibration.load();
    private static final String STAR = "HD205905";
    private static final double DISTANCE_MM = 55.71;

    private static SimulatedFrame frame;
    private static SpectrumProduct unknown;
    private static SpectrumProduct wrong;

    /** Without the star, or with another one's spectrum under its name. */
    private static final class Without extends ForwardingCalibration {
        private final String star;
        private final @Nullable String instead;

        Without(String star, @Nullable String instead) {
            super(STORE);
            this.star = star;
            this.instead = instead;
        }

        @Override
        public SortedSet<String> targetNames() {
            SortedSet<String> names = new TreeSet<>(STORE.targetNames());
            names.remove(star);
            return names;
        }

        @Override
        public Optional<Target> target(String name) {
            if (!name.equals(star)) {
                return STORE.target(name);
            }
            return Optional.ofNullable(instead)
                    .flatMap(STORE::target)
                    .map(t -> new Target(
                            star,
                            t.kind(),
                            t.rightAscensionDeg(),
                            t.declinationDeg(),
                            t.redshift(),
                            t.sed(),
                            t.sedOrigin()));
        }
    }

    @BeforeAll
    static void simulateAndExtract() {
        frame = simulate(STAR, "HoloAmAg", 0.1);
        unknown = extract(frame, STAR, "HoloAmAg", null);
        wrong = extract(frame, STAR, "HoloAmAg", "HD14943");
    }

    private static SimulatedFrame simulate(String star, String disperser, double light) {
        return simulate(star, disperser, light, null);
    }

    private static SimulatedFrame simulate(String star, String disperser, double light, @Nullable String filter) {
        return simulate(star, disperser, light, filter, SimulatedAtmosphere.typical());
    }

    private static SimulatedFrame simulate(
            String star, String disperser, double light, @Nullable String filter, SimulatedAtmosphere air) {
        return simulate(star, disperser, light, filter, air, 3.1);
    }

    private static SimulatedFrame simulate(
            String star,
            String disperser,
            double light,
            @Nullable String filter,
            SimulatedAtmosphere air,
            double gammaPx) {
        ObservingConditions night =
                new ObservingConditions(LocalDate.of(2017, 5, 30), 120, 193.3, -18.52, 10, -30.17, 8, 784, 30, 1.2);
        SimulationSettings.Builder settings = SimulationSettings.builder(
                        star,
                        disperser,
                        new PixelPosition(744.3, 683.6),
                        DISTANCE_MM,
                        night,
                        SimulatedPsf.moffat(new double[] {gammaPx, 0.2, 0.1}, new double[] {2.8}))
                .fluxScale(light)
                .order3Scale(0)
                .air(air)
                .seed(21);
        if (filter != null) {
            settings.filter(filter);
        }
        return new FrameSimulator(Instruments.ctio().config()).simulate(settings.build(), STORE);
    }

    private static SpectrumProduct extract(
            SimulatedFrame frame, String star, String disperser, @Nullable String instead) {
        ExtractionOutcome outcome = new SpectrumExtractor(Instruments.ctio().config(), new Without(star, instead))
                .extract(
                        FrameFiles.imageBytes(frame),
                        new ExposureRequest("sim.fits", star, disperser, new PixelPosition(745, 683), null, null));
        assertThat(outcome).isInstanceOf(ExtractionOutcome.Done.class);
        return ((ExtractionOutcome.Done) outcome).product();
    }

    /** An O star through a filter with notches: what shows are the instrument's, and one of them is taken for a line. */
    @Test
    void wavelengthsAreCalledDoubtfulWhereNoFeaturesShow() {
        SimulatedFrame notches = simulate("MU COL", "blue300lpmm_qn1", 0.3, "FGB37");

        SpectrumProduct product = extract(notches, "MU COL", "blue300lpmm_qn1", null);

        assertThat(product.summary().model().reference().referenceOrigin()).isEqualTo("none");
        assertThat(product.caveats()).contains(Caveat.WAVELENGTH_AMBIGUOUS);
        assertThat(product.summary().distanceMm())
                .isCloseTo(DISTANCE_MM, within(3 * product.summary().distanceErrMm()));
    }

    private static double rms(SpectrumProduct product) {
        return rms(product, frame);
    }

    private static double rms(SpectrumProduct product, SimulatedFrame frame) {
        SpectrumTable s = product.spectrum();
        TabulatedCurve flux =
                new TabulatedCurve(frame.truth().lambdaNm(), frame.truth().flux(), TabulatedCurve.Outside.HOLD);
        double square = 0;
        double sum = 0;
        int n = 0;
        for (int i = 0; i < s.size(); i++) {
            if (s.lambdaNm()[i] > 370 && s.lambdaNm()[i] < 1000) {
                double t = flux.at(s.lambdaNm()[i]);
                square += (s.flux()[i] - t) * (s.flux()[i] - t);
                sum += t;
                n++;
            }
        }
        return Math.sqrt(square / n) / (sum / n);
    }

    @Test
    void templatesStandInForAnUnknownStar() {
        ReferenceSummary reference = unknown.summary().model().reference();

        assertThat(reference.referenceOrigin()).isEqualTo("template");
        assertThat(reference.referenceName()).isNotBlank().doesNotContain(STAR);
        assertThat(reference.referenceMisfit()).isBetween(0.0, 0.05);
        assertThat(reference.fittedRedshift())
                .isCloseTo(-17 / 299_792.458, within(3 * reference.fittedRedshiftErr() + 1e-5));
        assertThat(reference.lineProbability()).isGreaterThan(0.98);
        assertThat(unknown.caveats()).contains(Caveat.TARGET_UNKNOWN).doesNotContain(Caveat.REFERENCE_REPLACED);
        assertThat(rms(unknown)).isLessThan(0.016);
    }

    @Test
    void aWrongReferenceIsNoticedAndReplaced() {
        assertThat(wrong.caveats()).contains(Caveat.REFERENCE_REPLACED);
        assertThat(wrong.summary().model().reference().referenceOrigin()).isEqualTo("replaced");
        assertThat(rms(wrong)).isLessThan(0.016);
    }

    /** What a wrong reference leaves of a faint spectrum is hardly more than noise. */
    @Test
    void aWrongReferenceOfAFaintStarIsNoticedAndTheRightOneIsNot() {
        SimulatedFrame faint = simulate(STAR, "HoloAmAg", 0.02);

        assertThat(extract(faint, STAR, "HoloAmAg", "HD14943").caveats()).contains(Caveat.REFERENCE_REPLACED);
        assertThat(extract(faint, STAR, "HoloAmAg", STAR).caveats()).doesNotContain(Caveat.REFERENCE_REPLACED);
    }

    /** Behind a filter for the red much of what shows is water, and twice as much of it as usual is no other star. */
    @Test
    void aWetNightIsNoWrongReference() {
        SimulatedAtmosphere wet = new SimulatedAtmosphere(300, 8, 0.04, 1.2);
        SimulatedFrame red = simulate(STAR, "Thor300", 0.1, "RG715", wet);

        assertThat(extract(red, STAR, "Thor300", STAR).caveats()).doesNotContain(Caveat.REFERENCE_REPLACED);
    }

    /** The only line that is found behind a filter for the red, in poor seeing, is off by more than its error. */
    @Test
    void oneLineAloneDoesNotPlaceTheWavelengths() {
        SimulatedFrame red = simulate("BD-11 3759", "holo4_003", 4, "RG715", SimulatedAtmosphere.typical(), 5.5);

        SpectrumProduct product = extract(red, "BD-11 3759", "holo4_003", "BD-11 3759");

        assertThat(product.summary().model().reference().referenceOrigin()).isEqualTo("known");
        assertThat(product.summary().distanceMm())
                .isCloseTo(DISTANCE_MM, within(3 * product.summary().distanceErrMm()));
    }

    /** VB8, M7: bands of molecules, for which no template is right alone. */
    @Test
    void anUnknownStarOfBandsIsBlendedOfItsNeighbours() {
        SimulatedFrame bands = simulate("VB8", "HoloPhP", 16);
        SpectrumProduct product = extract(bands, "VB8", "HoloPhP", null);

        assertThat(product.summary().model().reference().referenceOrigin()).isEqualTo("template");
        assertThat(product.summary().model().reference().referenceName()).contains("& others");
        assertThat(product.summary().distanceMm())
                .isCloseTo(DISTANCE_MM, within(3 * product.summary().distanceErrMm()));
        assertThat(rms(product, bands)).isLessThan(0.03);
    }

    @Test
    void theDistanceIsWithinItsErrors() {
        for (SpectrumProduct product : new SpectrumProduct[] {unknown, wrong}) {
            double error = product.summary().distanceErrMm();
            assertThat(error).isLessThan(0.08);
            assertThat(product.summary().distanceMm()).isCloseTo(DISTANCE_MM, within(3 * error));
        }
    }
}
