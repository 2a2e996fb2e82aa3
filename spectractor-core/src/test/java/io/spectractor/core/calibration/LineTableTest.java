package io.spectractor.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.SpectrumTable;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LineTableTest {
    private static final ExtractionConfig CONFIG = Instruments.ctio().config();
    private static final ReferenceSpectrum STAR = ReferenceSpectrum.of(
            SyntheticColumns.star(), SyntheticColumns.lines(false), SyntheticColumns::transmission);

    private record Measured(WavelengthSolution solution, List<LineMeasurement> lines) {}

    private static Measured measure(double totalRate, long seed, DoubleUnaryOperator scale) {
        TraceGeometry truth = SyntheticColumns.geometry(56.2, -0.2);
        ColumnSpectrum columns = SyntheticColumns.observe(STAR, truth, totalRate, 0.2, seed);
        WavelengthSolution solution = new WavelengthCalibrator(CONFIG.dispersion(), CONFIG.lines())
                .solve(
                        columns,
                        SyntheticColumns.geometry(55.45, 0),
                        STAR,
                        SyntheticColumns.lines(false),
                        OrderOverlap.none(),
                        Deadline.none(),
                        EnumSet.noneOf(Caveat.class));
        int n = columns.size();
        double[] error = new double[n];
        for (int i = 0; i < n; i++) {
            error[i] = columns.error(i);
        }
        SpectrumTable spectrum = new SpectrumTable(
                solution.lambdaNm(columns.firstColumn(), n),
                columns.rate(),
                error,
                new int[n],
                columns.rate(),
                error,
                new double[n],
                new int[n],
                new double[n]);
        double[] expected = STAR.columns(solution.geometry(), columns.firstColumn(), n, columns.meanFwhmPx());
        return new Measured(
                solution,
                new LineTable(CONFIG.lines(), Deadline.none())
                        .measure(
                                new LineTable.Blurred(columns, columns.rate(), expected),
                                solution,
                                SyntheticColumns.lines(false),
                                scale,
                                spectrum,
                                columns.fwhm()));
    }

    @Test
    void theTableHoldsWhatTheSolutionUsedAndSaysSo() {
        Measured measured = measure(20_000, 5, air -> air);
        assertThat(measured.lines().stream()
                        .filter(LineMeasurement::usedForCalibration)
                        .map(LineMeasurement::label))
                .containsExactlyInAnyOrderElementsOf(measured.solution().features().stream()
                        .map(s -> s.feature().label())
                        .toList());
        assertThat(measured.lines()).isSortedAccordingTo(Comparator.comparingDouble(LineMeasurement::tabulatedNm));
    }

    /** The band stands 1.5 nm, the blend of H gamma 0.6 nm beside the table's wavelength; neither is a shift. */
    @Test
    void bandsAndBlendsShowNoShiftOfTheirOwn() {
        for (LineMeasurement line : measure(40_000, 6, air -> air).lines()) {
            assertThat(line.detectedNm() - line.tabulatedNm()).as(line.label()).isCloseTo(0, within(0.35));
            assertThat(line.reducedChi2()).as(line.label()).isLessThan(2);
        }
    }

    @Test
    void errorsHold() {
        double sum = 0;
        int n = 0;
        for (int seed = 20; seed < 36; seed++) {
            for (LineMeasurement line : measure(8_000, seed, air -> air).lines()) {
                double pull = (line.detectedNm() - line.tabulatedNm()) / line.errorNm();
                sum += pull * pull;
                n++;
            }
        }
        assertThat(n).isGreaterThan(70);
        assertThat(Math.sqrt(sum / n)).isBetween(0.5, 1.3);
    }

    @Test
    void aScaleInVacuumMovesTableAndMeasurementAlike() {
        List<LineMeasurement> air = measure(20_000, 5, nm -> nm).lines();
        List<LineMeasurement> vacuum = measure(20_000, 5, nm -> nm * 1.00028).lines();
        for (int i = 0; i < air.size(); i++) {
            assertThat(vacuum.get(i).tabulatedNm()).isCloseTo(air.get(i).tabulatedNm() * 1.00028, within(1e-9));
            assertThat(vacuum.get(i).detectedNm() - vacuum.get(i).tabulatedNm())
                    .isCloseTo(air.get(i).detectedNm() - air.get(i).tabulatedNm(), within(1e-9));
        }
    }
}
