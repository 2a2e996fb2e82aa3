package io.spectractor.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.DeadlineExceededException;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.outcome.Caveat;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavelengthCalibratorTest {
    private static final ExtractionConfig CONFIG = Instruments.ctio().config();

    private static WavelengthSolution solve(
            ColumnSpectrum spectrum, ReferenceSpectrum reference, boolean emission, Set<Caveat> caveats) {
        return new WavelengthCalibrator(CONFIG.dispersion(), CONFIG.lines())
                .solve(
                        spectrum,
                        SyntheticColumns.geometry(55.45, 0),
                        reference,
                        SyntheticColumns.lines(emission),
                        OrderOverlap.none(),
                        Deadline.none(),
                        caveats);
    }

    private static ReferenceSpectrum star() {
        return ReferenceSpectrum.of(
                SyntheticColumns.star(), SyntheticColumns.lines(false), SyntheticColumns::transmission);
    }

    private static double worstNm(WavelengthSolution solution, TraceGeometry truth) {
        double[] found = solution.lambdaNm(SyntheticColumns.FIRST_COLUMN, SyntheticColumns.COLUMNS);
        double[] expected = truth.wavelengths(SyntheticColumns.FIRST_COLUMN, 1, SyntheticColumns.COLUMNS, 1);
        double worst = 0;
        for (int i = 40; i < found.length - 40; i++) {
            worst = Math.max(worst, Math.abs(found[i] - expected[i]));
        }
        return worst;
    }

    @ParameterizedTest
    @CsvSource({"55.45, 0", "56.2, -0.2", "54.6, 0.3", "57.0, 0.1"})
    void aKnownStarPinsTheScaleToATenthOfANanometre(double distance, double shift) {
        TraceGeometry truth = SyntheticColumns.geometry(distance, shift);
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);

        WavelengthSolution solution =
                solve(SyntheticColumns.observe(star(), truth, 20_000, 0.2, 5), star(), false, caveats);

        assertThat(caveats).isEmpty();
        assertThat(worstNm(solution, truth)).isLessThan(0.25);
        assertThat(solution.features())
                .flatExtracting(s -> s.feature().labels())
                .contains("Hα", "O2 A");
    }

    /** What is left of a trail beside its masked columns must not look like a feature. */
    @ParameterizedTest
    @CsvSource({"20_000, 300, 30", "4_000, 60, 14", "4_000, 240, 30", "4_000, 300, 30"})
    void flaggedColumnsDontPullTheScale(String totalRate, int first, int columns) {
        TraceGeometry truth = SyntheticColumns.geometry(55.45, 0);
        ColumnSpectrum crossed =
                SyntheticColumns.observe(star(), truth, Double.parseDouble(totalRate.replace("_", "")), 0.2, 5);
        for (int i = first; i < first + columns; i++) {
            double u = (i - first - columns / 2.0) / (columns / 4.0);
            crossed.rate()[i] *= 1 + 4 * Math.exp(-u * u / 2);
            crossed.flags()[i] = ColumnSpectrum.MOSTLY_MASKED;
        }
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);

        WavelengthSolution solution = solve(crossed, star(), false, caveats);

        assertThat(caveats).isEmpty();
        assertThat(worstNm(solution, truth)).isLessThan(0.4);
    }

    @Test
    void anUnknownStarStillHasItsLines() {
        TraceGeometry truth = SyntheticColumns.geometry(56.1, 0);
        ReferenceSpectrum generic =
                ReferenceSpectrum.of(null, SyntheticColumns.lines(false), SyntheticColumns::transmission);

        WavelengthSolution solution = solve(
                SyntheticColumns.observe(star(), truth, 20_000, 0.2, 6), generic, false, EnumSet.noneOf(Caveat.class));

        assertThat(worstNm(solution, truth)).isLessThan(0.8);
    }

    @Test
    void emissionLinesWorkAsWell() {
        TraceGeometry truth = SyntheticColumns.geometry(55.0, 0.1);
        ReferenceSpectrum nebula =
                ReferenceSpectrum.of(null, SyntheticColumns.lines(true), SyntheticColumns::transmission);

        WavelengthSolution solution = solve(
                SyntheticColumns.observe(nebula, truth, 5_000, 0.2, 7), nebula, true, EnumSet.noneOf(Caveat.class));

        assertThat(worstNm(solution, truth)).isLessThan(0.2);
    }

    @Test
    void errorsOfTheSolutionCoverTheTruth() {
        double sum = 0;
        int n = 25;
        TraceGeometry truth = SyntheticColumns.geometry(55.8, 0);
        for (int seed = 0; seed < n; seed++) {
            WavelengthSolution solution = solve(
                    SyntheticColumns.observe(star(), truth, 8_000, 0.3, seed),
                    star(),
                    false,
                    EnumSet.noneOf(Caveat.class));
            sum += Math.pow((solution.geometry().distanceMm() - 55.8) / solution.distanceErrMm(), 2);
        }
        // The floor on the lines' centres makes the errors conservative.
        assertThat(Math.sqrt(sum / n)).isBetween(0.2, 1.3);
    }

    @Test
    void pureNoiseGivesTheNominalGeometryAndSaysSo() {
        ReferenceSpectrum flat = ReferenceSpectrum.of(null, java.util.List.of(), lambda -> 1);
        Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);

        WavelengthSolution solution = solve(
                SyntheticColumns.observe(flat, SyntheticColumns.geometry(56, 0), 200, 0.5, 8), star(), false, caveats);

        assertThat(caveats).contains(Caveat.WAVELENGTH_NOMINAL);
        assertThat(solution.geometry().distanceMm()).isEqualTo(55.45);
        assertThat(solution.distanceErrMm()).isEqualTo(CONFIG.dispersion().distanceErrorMm());
        assertThat(solution.features()).isEmpty();
        assertThat(solution.measured()).isFalse();
    }

    @Test
    void aPassedDeadlineStopsTheSearch() {
        long[] now = {0};
        Deadline deadline = Deadline.afterSeconds(1, () -> now[0]);
        now[0] = 2_000_000_000L;
        ColumnSpectrum spectrum = SyntheticColumns.observe(star(), SyntheticColumns.geometry(55.45, 0), 20_000, 0.2, 9);
        WavelengthCalibrator calibrator = new WavelengthCalibrator(CONFIG.dispersion(), CONFIG.lines());
        Assertions.assertThatThrownBy(() -> calibrator.solve(
                        spectrum,
                        SyntheticColumns.geometry(55.45, 0),
                        star(),
                        SyntheticColumns.lines(false),
                        OrderOverlap.none(),
                        deadline,
                        EnumSet.noneOf(Caveat.class)))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void wavelengthErrorsGrowFromTheLinesOutwards() {
        WavelengthSolution solution = solve(
                SyntheticColumns.observe(star(), SyntheticColumns.geometry(55.45, 0), 20_000, 0.2, 10),
                star(),
                false,
                EnumSet.noneOf(Caveat.class));
        double[] error = solution.lambdaErrNm(SyntheticColumns.FIRST_COLUMN, SyntheticColumns.COLUMNS);
        assertThat(error[330]).isPositive().isLessThan(error[0]);
        assertThat(error[330]).isCloseTo(0.1, within(0.1));
    }
}
