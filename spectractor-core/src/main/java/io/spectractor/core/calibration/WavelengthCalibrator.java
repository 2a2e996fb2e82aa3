package io.spectractor.core.calibration;

import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.config.LineConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.target.ExpectedLine;
import java.util.List;
import java.util.Set;

/**
 * The wavelength solution from spectral lines: the distance from disperser to CCD and the shift of the dispersion's
 * origin that bring the features of the spectrum to where the reference has them, refraction included.
 */
public final class WavelengthCalibrator {
    private static final int ROUNDS = 4;
    private static final int MIN_FEATURES = 3;

    private final DispersionConfig dispersion;
    private final LineConfig lineConfig;

    public WavelengthCalibrator(DispersionConfig dispersion, LineConfig lineConfig) {
        this.dispersion = dispersion;
        this.lineConfig = lineConfig;
    }

    /**
     * Solves for the wavelengths.
     *
     * @param spectrum extracted rates, all orders together
     * @param nominal geometry with the nominal distance and the measured angle
     * @param reference what the spectrum should look like
     * @param lines lines of the target at their expected wavelengths
     * @param orderTwo subtracts the second order
     * @param deadline checked in every fit
     * @param caveats receives what a user should know
     */
    public WavelengthSolution solve(
            ColumnSpectrum spectrum,
            TraceGeometry nominal,
            ReferenceSpectrum reference,
            List<ExpectedLine> lines,
            OrderOverlap orderTwo,
            Deadline deadline,
            Set<Caveat> caveats) {
        double[] rate = orderTwo.firstOrder(spectrum, nominal);
        DistanceSearch.Result coarse =
                DistanceSearch.search(spectrum, rate, nominal, reference, dispersion.distanceErrorMm(), deadline);
        if (!coarse.significant()) {
            caveats.add(Caveat.WAVELENGTH_NOMINAL);
            return new WavelengthSolution(
                    nominal, dispersion.distanceErrorMm(), dispersion.shiftPriorPx(), 0, false, List.of());
        }
        if (coarse.atEdge()) {
            caveats.add(Caveat.WAVELENGTH_AT_EDGE);
        }
        double nmPerPx = resolution(nominal.with(coarse.distanceMm(), 0), spectrum);
        List<LineFeature> features = LineFeature.forCalibration(lines, nmPerPx * spectrum.meanFwhmPx());
        FeatureMatcher matcher = new FeatureMatcher(lineConfig, deadline);
        GeometryFit fit = new GeometryFit(nominal.with(coarse.distanceMm(), 0), coarse, dispersion.shiftPriorPx());
        List<FeatureShift> shifts = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            TraceGeometry geometry = fit.geometry();
            rate = orderTwo.firstOrder(spectrum, geometry);
            double[] expected =
                    reference.columns(geometry, spectrum.firstColumn(), spectrum.size(), spectrum.meanFwhmPx());
            shifts = matcher.match(spectrum, rate, expected, geometry, features);
            fit = fit.refine(shifts, shifts.size() < MIN_FEATURES);
        }
        return fit.solution(shifts);
    }

    /** Dispersion in the middle of the spectrum, nm/px. */
    static double resolution(TraceGeometry geometry, ColumnSpectrum spectrum) {
        double[] lambda = geometry.wavelengths(spectrum.firstColumn() + spectrum.size() / 2.0, 1, 2, 1);
        return Double.isNaN(lambda[1] - lambda[0]) ? 1 : lambda[1] - lambda[0];
    }
}
