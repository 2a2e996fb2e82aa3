package io.spectractor.core.calibration;

import io.spectractor.core.calibration.GaussianLineFit.Line;
import io.spectractor.core.config.LineConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.SpectrumTable;
import io.spectractor.core.target.ExpectedLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a spectrum: where they are, and how strong.
 *
 * <p>Where a line is was measured by the wavelength solution, in the spectrum as the instrument blurs it and in a
 * reference blurred the same way; the difference is free of blends and of the shape of bands. Lines that the solution
 * used stand here as it used them, at the wavelengths of the finished scale. The others are measured in the same way. How
 * strong a line is comes from a Gaussian in the calibrated spectrum.
 */
public final class LineTable {
    /**
     * Signal-to-noise ratio at which the error of a centre is √2 times what the curvature of χ² tells: the centre of a weak
     * line is where noise makes it deepest. Chosen on 24 simulated frames over all dispersers.
     */
    private static final double WEAK_SNR = 5;

    private final LineConfig config;
    private final Deadline deadline;

    public LineTable(LineConfig config, Deadline deadline) {
        this.config = config;
        this.deadline = deadline;
    }

    /**
     * What was observed before any deconvolution.
     *
     * @param columns the extracted columns
     * @param rate first order alone, ADU/s per column
     * @param expected the reference in the same columns, in any unit
     */
    public record Blurred(ColumnSpectrum columns, double[] rate, double[] expected) {}

    /**
     * Measures the lines.
     *
     * @param blurred what was observed, and what was expected
     * @param solution the finished wavelength scale with the features that made it
     * @param lines all lines of the target, at their expected wavelengths in air, nm
     * @param scale from a wavelength in air to that on the spectrum's scale, nm
     * @param spectrum calibrated spectrum
     * @param fwhmPx its resolution per column, px
     * @return by wavelength; every feature of the solution once, marked as used, and those of the other lines that stand
     *     out of the noise
     */
    public List<LineMeasurement> measure(
            Blurred blurred,
            WavelengthSolution solution,
            List<ExpectedLine> lines,
            DoubleUnaryOperator scale,
            SpectrumTable spectrum,
            double[] fwhmPx) {
        ColumnSpectrum columns = blurred.columns();
        double resolution = WavelengthCalibrator.resolution(solution.geometry(), columns) * columns.meanFwhmPx();
        List<LineFeature> used =
                solution.features().stream().map(FeatureShift::feature).toList();
        List<FeatureShift> found = new ArrayList<>(solution.features());
        found.addAll(new FeatureMatcher(config, deadline)
                .match(
                        columns,
                        blurred.rate(),
                        blurred.expected(),
                        solution.geometry(),
                        LineFeature.others(lines, resolution, used)));
        found.sort(Comparator.comparingDouble(s -> s.feature().lambdaNm()));
        List<LineDetector.Place> places = found.stream()
                .map(s -> new LineDetector.Place(s.feature(), solution.lambdaNm(s.columnPx())))
                .toList();
        Map<LineFeature, Line> strengths = new LineDetector(config).fit(spectrum, fwhmPx, places, deadline);
        return found.stream()
                .map(s -> row(s, used.contains(s.feature()), solution, scale, strengths.get(s.feature())))
                .toList();
    }

    private static double area(Line line) {
        return line.amplitude() * line.width() * Math.sqrt(2 * Math.PI);
    }

    private static LineMeasurement row(
            FeatureShift s,
            boolean used,
            WavelengthSolution solution,
            DoubleUnaryOperator scale,
            @Nullable Line strength) {
        double air = s.feature().lambdaNm();
        double tabulated = scale.applyAsDouble(air);
        double detected = tabulated + solution.lambdaNm(s.columnPx()) - air;
        double nmPerPx = Math.abs(solution.lambdaNm(s.columnPx() + 0.5) - solution.lambdaNm(s.columnPx() - 0.5));
        double chi2 = s.reducedChi2();
        double weakness = WEAK_SNR / s.snr();
        double error = s.errorPx() * nmPerPx * Math.sqrt(1 + weakness * weakness);
        boolean measured = strength != null;
        return new LineMeasurement(
                s.feature().label(),
                tabulated,
                detected,
                error,
                measured ? LineDetector.fwhm(strength) : Double.NaN,
                measured ? strength.amplitude() : Double.NaN,
                s.snr(),
                chi2,
                measured ? LineDetector.equivalentWidth(strength) : Double.NaN,
                used,
                measured ? area(strength) : Double.NaN,
                measured ? Math.abs(area(strength)) / Math.max(s.snr(), 1e-6) : Double.NaN);
    }
}
