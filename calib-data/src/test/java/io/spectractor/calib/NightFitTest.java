package io.spectractor.calib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphericTransmission;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.night.AtmosphereQuantity;
import io.spectractor.core.night.ChainStatistics;
import io.spectractor.core.night.HamiltonianSampler;
import io.spectractor.core.night.JointFit;
import io.spectractor.core.night.JointResult;
import io.spectractor.core.night.JointResult.Measured;
import io.spectractor.core.night.JointSettings;
import io.spectractor.core.night.NightFit;
import io.spectractor.core.night.NightPosterior;
import io.spectractor.core.night.NightSpectrum;
import io.spectractor.core.night.ThroughputBasis;
import io.spectractor.core.night.ThroughputFactor;
import io.spectractor.core.night.TimeVariation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nights with known air. With {@code -Dspectractor.nights=100} the campaign runs over more of them and prints its figures;
 * {@code -Dspectractor.seed=1000} takes others.
 */
class NightFitTest {
    private static final int NIGHTS = Integer.getInteger("spectractor.nights", 4);
    private static final int SEED = Integer.getInteger("spectractor.seed", 100);

    private final AtmosphereModel air =
            new AtmosphericTransmission(EmbeddedCalibration.load().atmosphereTables());

    private NightFit fit() {
        return new NightFit(
                air,
                JointSettings.usual(),
                NightFit.Request.byEvidence(),
                NightFit.Request.byEvidence(),
                NightFit.Request.byEvidence());
    }

    @Test
    void withoutNoiseTheTruthComesBack() {
        SimulatedObservingNight night = new SimulatedObservingNight(air, 5, 8, false, false, 0);

        JointResult r = fit().fit(night.spectra, Deadline.none()).result();

        assertThat(r.converged()).isTrue();
        assertThat(r.quantity(AtmosphereQuantity.AEROSOLS, 0).value()).isCloseTo(night.aerosols[0], within(2e-4));
        assertThat(r.quantity(AtmosphereQuantity.OZONE, 0).value()).isCloseTo(night.ozone, within(1.0));
        assertThat(r.quantity(AtmosphereQuantity.WATER, 0).value()).isCloseTo(night.water[0], within(0.02));
    }

    /** Pulls of everything over nights with drifts of water, rising aerosols and clouds, and of calm ones. */
    @Test
    void errorsAreWhatTheySay() {
        Map<String, List<Double>> pulls = new TreeMap<>();
        for (int i = 0; i < NIGHTS; i++) {
            boolean lively = i % 2 == 1;
            SimulatedObservingNight night = new SimulatedObservingNight(air, SEED + i, 10, lively, i % 4 == 3, 1);
            JointResult r = fit().fit(night.spectra, Deadline.none()).result();
            assertThat(r.settings().water())
                    .as("night %d", i)
                    .isEqualTo(lively ? TimeVariation.EACH : TimeVariation.CONSTANT);
            add(pulls, r, night);
        }
        assertGood(pulls, 0.8);
    }

    /** The same where aerosols wander by as much as nights have: taken for constant, they would pass for clouds. */
    @Test
    void aerosolsThatWanderAreNoClouds() {
        double[] scatter = {0.008, 0.012};
        Map<String, List<Double>> pulls = new TreeMap<>();
        for (int i = 0; i < NIGHTS; i++) {
            SimulatedObservingNight night =
                    new SimulatedObservingNight(air, SEED + 5000 + i, 10, true, false, 1, scatter[i % scatter.length]);
            JointResult r = fit().fit(night.spectra, Deadline.none()).result();
            assertThat(r.settings().aerosols()).as("night %d", i).isNotEqualTo(TimeVariation.CONSTANT);
            add(pulls, r, night);
        }
        // aerosols and throughput share what is wrong with the level of the aerosols: of few nights it is a few numbers
        assertGood(pulls, 0.7);
        List<Double> grey = Objects.requireNonNull(pulls.get("grey"));
        assertThat(nearer(grey)).isGreaterThan(0.97);
        assertThat(width(grey)).isLessThan(1.2);
    }

    /** Nights whose aerosols follow the airmass by chance, so that a constant or a line fits them as well: their level is not known to 0.003. */
    @ParameterizedTest
    @ValueSource(longs = {9029, 9047, 9189})
    void aerosolsThatLookLikeAConstantByChanceHaveErrorsOfAerosolsThatWander(long seed) {
        SimulatedObservingNight night = new SimulatedObservingNight(air, seed, 10, true, false, 1, 0.008);

        JointResult r = fit().fit(night.spectra, Deadline.none()).result();

        assertThat(r.settings().aerosols()).isEqualTo(TimeVariation.EACH);
        for (int k = 0; k < night.spectra.size(); k++) {
            Measured m = r.quantity(AtmosphereQuantity.AEROSOLS, k);
            assertThat(m.value()).as("spectrum %d", k).isCloseTo(night.aerosols[k], within(3 * m.error()));
        }
    }

    private static void assertGood(Map<String, List<Double>> pulls, double least) {
        List<Double> all = pulls.values().stream().flatMap(List::stream).toList();
        if (NIGHTS > 4) {
            pulls.forEach(NightFitTest::printed);
            printed("all", all);
        }
        assertThat(nearer(all)).isGreaterThan(0.97);
        assertThat(width(all)).isBetween(least, 1.2);
    }

    private static void add(Map<String, List<Double>> pulls, JointResult r, SimulatedObservingNight night) {
        assertThat(r.converged()).isTrue();
        double mean = Arrays.stream(night.grey).average().orElse(1);
        for (int k = 0; k < night.spectra.size(); k++) {
            add(pulls, "grey", r.grey(k), night.grey[k] / mean);
            add(pulls, "shift", r.shift(k), night.shift[k]);
            if (r.settings().water() == TimeVariation.EACH || k == 0) {
                add(pulls, "pwv", r.quantity(AtmosphereQuantity.WATER, k), night.water[k]);
            }
            add(pulls, "vaod", r.quantity(AtmosphereQuantity.AEROSOLS, k), night.aerosols[k]);
        }
        add(pulls, "ozone", r.quantity(AtmosphereQuantity.OZONE, 0), night.ozone);
        double[] lambda =
                IntStream.range(0, 12).mapToDouble(j -> 400 + 50.0 * j).toArray();
        ThroughputFactor t = r.throughput("GRATING", lambda);
        for (int j = 0; j < lambda.length; j++) {
            add(
                    pulls,
                    "throughput",
                    new Measured(t.factor()[j], Math.sqrt(t.covariance()[j * lambda.length + j])),
                    mean * night.factor(lambda[j]));
        }
    }

    private static void printed(String name, List<Double> pulls) {
        System.out.printf(
                "%s: %d pulls, within 3 sigma %.4f, width %.3f%n", name, pulls.size(), nearer(pulls), width(pulls));
    }

    private static double nearer(List<Double> pulls) {
        return pulls.stream().filter(p -> Math.abs(p) < 3).count() / (double) pulls.size();
    }

    private static double width(List<Double> pulls) {
        return Math.sqrt(pulls.stream().mapToDouble(p -> p * p).average().orElse(0));
    }

    private static void add(Map<String, List<Double>> pulls, String name, Measured m, double truth) {
        // what ended at an edge of its range has no error
        if (m.error() > 0) {
            pulls.computeIfAbsent(name, n -> new ArrayList<>()).add((m.value() - truth) / m.error());
        }
    }

    @Test
    void aConstantThatIsNoneIsRefused() {
        SimulatedObservingNight night = new SimulatedObservingNight(air, 7, 8, true, false, 1);

        NightFit.Outcome outcome = new NightFit(
                        air,
                        JointSettings.usual(),
                        new NightFit.Request(TimeVariation.CONSTANT),
                        new NightFit.Request(TimeVariation.CONSTANT),
                        new NightFit.Request(TimeVariation.CONSTANT))
                .fit(night.spectra, Deadline.none());

        assertThat(outcome.result().settings().water()).isEqualTo(TimeVariation.CONSTANT);
        assertThat(outcome.evidence())
                .anyMatch(t -> t.quantity() == AtmosphereQuantity.WATER
                        && t.variation() == TimeVariation.CONSTANT
                        && t.chosen()
                        && t.refused());
    }

    /** What is foreseen of time variations that are not taken is what fits with them come to. */
    @ParameterizedTest
    @CsvSource({"7, true", "19, false", "29, true"})
    void whatIsForeseenOfATimeVariationIsWhatItsFitGives(long seed, boolean waterDrifts) {
        SimulatedObservingNight night = new SimulatedObservingNight(air, seed, 10, waterDrifts, false, 1);
        NightFit.Request constant = new NightFit.Request(TimeVariation.CONSTANT);
        Map<TimeVariation, JointResult> fits = new EnumMap<>(TimeVariation.class);
        List<NightFit.Trial> foreseen = List.of();
        for (TimeVariation v : TimeVariation.values()) {
            NightFit.Outcome outcome = new NightFit(
                            air, JointSettings.usual(), constant, constant, new NightFit.Request(v))
                    .fit(night.spectra, Deadline.none());
            assertThat(outcome.result().converged()).isTrue();
            assertThat(outcome.result().settings().water()).isEqualTo(v);
            fits.put(v, outcome.result());
            foreseen = outcome.evidence();
        }
        double best = fits.values().stream()
                .mapToDouble(JointResult::logEvidence)
                .max()
                .orElseThrow();
        List<NightFit.Trial> ofWater = foreseen.stream()
                .filter(t -> t.quantity() == AtmosphereQuantity.WATER)
                .toList();
        assertThat(ofWater).hasSize(3);
        for (NightFit.Trial t : ofWater) {
            JointResult fit = fits.get(t.variation());
            double worse = fit.logEvidence() - best;
            assertThat(t.logEvidence()).as(t.toString()).isCloseTo(worse, within(0.1 + 0.02 * Math.abs(worse)));
            assertThat(t.chi2()).as(t.toString()).isCloseTo(fit.chi2(), within(0.2 + 0.04 * Math.abs(worse)));
            assertThat(t.degreesOfFreedom()).isEqualTo(fit.degreesOfFreedom());
        }
    }

    /** The same of aerosols, whose line is foreseen from a constant by one step. */
    @ParameterizedTest
    @CsvSource({"7, true, false", "19, false, false", "29, true, true"})
    void whatIsForeseenOfALineOfAerosolsIsWhatItsFitGives(long seed, boolean waterDrifts, boolean aerosolsRise) {
        SimulatedObservingNight night = new SimulatedObservingNight(air, seed, 10, waterDrifts, aerosolsRise, 1);
        NightFit.Request each = new NightFit.Request(TimeVariation.EACH);
        NightFit.Request constant = new NightFit.Request(TimeVariation.CONSTANT);
        Map<TimeVariation, Double> fits = new EnumMap<>(TimeVariation.class);
        Map<TimeVariation, Double> foreseen = new EnumMap<>(TimeVariation.class);
        for (TimeVariation v : List.of(TimeVariation.CONSTANT, TimeVariation.LINEAR)) {
            NightFit.Outcome outcome = new NightFit(air, JointSettings.usual(), constant, new NightFit.Request(v), each)
                    .fit(night.spectra, Deadline.none());
            assertThat(outcome.result().converged()).isTrue();
            assertThat(outcome.result().settings().aerosolScatter()).isZero();
            fits.put(v, outcome.result().logEvidence());
            outcome.evidence().stream()
                    .filter(t -> t.quantity() == AtmosphereQuantity.AEROSOLS)
                    .forEach(t -> foreseen.put(t.variation(), t.logEvidence()));
        }
        double gain = fits.get(TimeVariation.LINEAR) - fits.get(TimeVariation.CONSTANT);
        assertThat(foreseen.get(TimeVariation.LINEAR) - foreseen.get(TimeVariation.CONSTANT))
                .isCloseTo(gain, within(0.1 + 0.02 * Math.abs(gain)));
    }

    /** A star in the trace of one spectrum must not pull the night along. */
    @Test
    void aStarInTheTraceIsLeftOut() {
        SimulatedObservingNight night = new SimulatedObservingNight(air, 11, 8, false, false, 1);
        NightSpectrum spoilt = night.spectra.get(3);
        for (int i = 0; i < spoilt.size(); i++) {
            double d = (spoilt.lambdaNm()[i] - 540) / 3;
            spoilt.flux()[i] *= 1 + 0.06 * Math.exp(-0.5 * d * d);
        }

        JointResult r = fit().fit(night.spectra, Deadline.none()).result();

        boolean[] used = r.used(3);
        for (int i = 0; i < used.length; i++) {
            if (Math.abs(spoilt.lambdaNm()[i] - 540) < 5) {
                assertThat(used[i]).as("%.1f nm", spoilt.lambdaNm()[i]).isFalse();
            }
        }
        assertThat(Math.abs(r.quantity(AtmosphereQuantity.OZONE, 0).value() - night.ozone))
                .isLessThan(3 * r.quantity(AtmosphereQuantity.OZONE, 0).error());
    }

    @Test
    void binsAndSmoothFactorAgree() {
        SimulatedObservingNight night = new SimulatedObservingNight(air, 13, 6, false, false, 1);

        JointResult smooth = new JointFit(air, JointSettings.usual()).fit(night.spectra, Deadline.none());
        JointResult bins = new JointFit(air, JointSettings.usual().withThroughput(ThroughputBasis.Kind.BINS))
                .fit(night.spectra, Deadline.none());

        for (JointResult r : List.of(smooth, bins)) {
            Measured water = r.quantity(AtmosphereQuantity.WATER, 0);
            assertThat(water.value()).isCloseTo(night.water[0], within(3 * water.error()));
            Measured ozone = r.quantity(AtmosphereQuantity.OZONE, 0);
            assertThat(ozone.value()).isCloseTo(night.ozone, within(3 * ozone.error()));
        }
    }

    /** The chains of a night say what its covariance says where the posterior is Gaussian, and agree with each other. */
    @Test
    void theChainsAgreeWithTheCovariance() {
        SimulatedObservingNight night = new SimulatedObservingNight(air, 17, 4, false, false, 1);
        JointResult r = new JointFit(air, JointSettings.usual()).fit(night.spectra, Deadline.none());
        NightPosterior posterior = new NightPosterior(r);

        HamiltonianSampler.Chains chains = new HamiltonianSampler(1, 4, 60).sample(posterior, 200);

        List<Measured> fitted = new ArrayList<>(List.of(
                r.quantity(AtmosphereQuantity.OZONE, 0),
                r.quantity(AtmosphereQuantity.AEROSOLS, 0),
                r.quantity(AtmosphereQuantity.WATER, 0)));
        for (int k = 0; k < 4; k++) {
            fitted.add(r.grey(k));
        }
        for (int d = 0; d < fitted.size(); d++) {
            double[][] samples = new double[200][4];
            for (int s = 0; s < 200; s++) {
                for (int c = 0; c < 4; c++) {
                    samples[s][c] = posterior.reported(chains.positions()[s][c])[d];
                }
            }
            ChainStatistics statistics = ChainStatistics.of(samples);
            double sigma = fitted.get(d).error();
            String name = posterior.names().get(d);
            assertThat(statistics.splitRhat()).as(name).isLessThan(1.05);
            assertThat(statistics.effective()).as(name).isGreaterThan(100);
            assertThat(statistics.sigma()).as(name).isCloseTo(sigma, within(0.2 * sigma));
            assertThat(statistics.mean()).as(name).isCloseTo(fitted.get(d).value(), within(0.35 * sigma));
        }
    }

    @Test
    void badSpectraAreNamed() {
        NightSpectrum s = new SimulatedObservingNight(air, 3, 1, false, false, 1).spectra.get(0);

        assertThatThrownBy(() -> new NightSpectrum(
                        "bad",
                        s.target(),
                        s.instrument(),
                        s.mjd(),
                        0,
                        s.pressureHPa(),
                        s.lambdaNm(),
                        s.flux(),
                        s.covariance(),
                        s.usable(),
                        s.relativeWidth(),
                        1.5,
                        0.05,
                        s.light(),
                        null))
                .hasMessageContaining("bad")
                .hasMessageContaining("airmass");
        assertThatThrownBy(() ->
                        new JointFit(air, JointSettings.usual().withRange(360, 380)).fit(List.of(s), Deadline.none()))
                .hasMessageContaining("columns");
    }
}
