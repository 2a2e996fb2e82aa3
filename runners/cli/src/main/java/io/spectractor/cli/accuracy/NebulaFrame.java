package io.spectractor.cli.accuracy;

import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.simulation.NebulaSpectrum;
import io.spectractor.core.simulation.SimulationSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What came of a simulated frame of a nebula.
 *
 * @param name of the frame
 * @param settings what it was drawn with
 * @param lines those that were found
 * @param others lines of the product that are none of the nebula's
 * @param lowest flux of a column over its 1σ, the lowest
 * @param failure why there is no spectrum of lines, or null
 */
public record NebulaFrame(
        String name,
        SimulationSettings settings,
        List<Found> lines,
        int others,
        double lowest,
        @Nullable String failure) {
    /** A line further away is another one, nm. */
    private static final double SAME_NM = 3;
    /** Light of a line is summed to this distance, nm. */
    private static final double REACH_NM = 2.5;

    private static final double STEP_NM = 0.01;

    public NebulaFrame {
        lines = List.copyOf(lines);
    }

    /**
     * A line that was found.
     *
     * @param line the true one
     * @param trueFlux its light at the detector, erg/s/cm²
     * @param measured as the product has it
     */
    public record Found(NebulaSpectrum.Line line, double trueFlux, LineMeasurement measured) {
        private static final double GOOD_NM = 0.3;
        private static final double GOOD_FLUX = 0.05;
        private static final double SIGMAS = 3;

        /** Whether its place is within 0.3 nm. */
        boolean isPlaced() {
            return Math.abs(measured.detectedNm() - line.lambdaNm()) <= GOOD_NM;
        }

        /** Whether its place is within 0.3 nm or 3σ. */
        boolean isPlacedWithinErrors() {
            return isPlaced() || Math.abs(measured.detectedNm() - line.lambdaNm()) <= SIGMAS * measured.errorNm();
        }

        /** Whether its light is within 5 % or 3σ. */
        boolean isMeasured() {
            return Math.abs(measured.flux() - trueFlux) <= Math.max(GOOD_FLUX * trueFlux, SIGMAS * measured.fluxErr());
        }
    }

    /** A frame without spectrum of lines. */
    static NebulaFrame failed(String name, SimulationSettings settings, String why) {
        return new NebulaFrame(name, settings, List.of(), 0, Double.NaN, why);
    }

    /**
     * Holds a product against the truth.
     *
     * @param fluxAtDetector erg/s/cm²/nm at a wavelength in nm
     * @param share of the continuum in the height of the brightest line
     */
    static NebulaFrame of(
            String name,
            SimulationSettings settings,
            SpectrumProduct product,
            DoubleUnaryOperator fluxAtDetector,
            double share) {
        List<LineMeasurement> left = new ArrayList<>(product.lines());
        List<Found> found = new ArrayList<>();
        for (NebulaSpectrum.Line line : NebulaSpectrum.LINES) {
            Optional<LineMeasurement> nearest = left.stream()
                    .filter(l -> Double.isFinite(l.flux()) && Math.abs(l.detectedNm() - line.lambdaNm()) < SAME_NM)
                    .min(Comparator.comparingDouble(l -> Math.abs(l.tabulatedNm() - line.lambdaNm())));
            if (nearest.isPresent()) {
                left.remove(nearest.get());
                found.add(new Found(line, light(line, fluxAtDetector, share), nearest.get()));
            }
        }
        double lowest = Double.POSITIVE_INFINITY;
        double[] flux = product.spectrum().flux();
        for (int i = 0; i < flux.length; i++) {
            double error = product.spectrum().fluxErr()[i];
            lowest = error > 0 ? Math.min(lowest, flux[i] / error) : lowest;
        }
        return new NebulaFrame(name, settings, found, left.size(), lowest, null);
    }

    /** Light of a line at the detector without the continuum, erg/s/cm². */
    private static double light(NebulaSpectrum.Line line, DoubleUnaryOperator fluxAtDetector, double share) {
        int steps = (int) Math.round(REACH_NM / STEP_NM);
        double all = 0;
        for (int i = -steps; i <= steps; i++) {
            all += STEP_NM * fluxAtDetector.applyAsDouble(line.lambdaNm() + i * STEP_NM);
        }
        double below = NebulaSpectrum.continuum(1, share) * (2 * REACH_NM + STEP_NM);
        return all * line.ratio() / (line.ratio() + below);
    }

    /** Header of {@link #csv}. */
    public static String csvHeader() {
        return "frame,disperser,seen_arcsec,airmass,flux_scale,lowest,others,line,lambda_nm,flux,label,tabulated_nm,detected_nm,"
                + "error_nm,measured_flux,flux_err,status";
    }

    /** Rows of a table for machines, one for each line of the nebula. */
    public String csv() {
        StringBuilder rows = new StringBuilder();
        for (NebulaSpectrum.Line line : NebulaSpectrum.LINES) {
            Found one = lines.stream()
                    .filter(f -> f.line().equals(line))
                    .findFirst()
                    .orElse(null);
            rows.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%.3f,%.3f,%.4f,%.2f,%d,%s,%.3f",
                    name,
                    settings.disperser(),
                    settings.conditions().seeingAtAirmassArcsec(),
                    settings.conditions().airmass(),
                    settings.fluxScale(),
                    lowest,
                    others,
                    line.name(),
                    line.lambdaNm()));
            if (one == null) {
                rows.append(",,,,,,,,").append(failure == null ? "missing" : "failed");
            } else {
                LineMeasurement m = one.measured();
                rows.append(String.format(
                        Locale.ROOT,
                        ",%.4e,%s,%.3f,%.3f,%.3f,%.4e,%.4e,%s",
                        one.trueFlux(),
                        m.label(),
                        m.tabulatedNm(),
                        m.detectedNm(),
                        m.errorNm(),
                        m.flux(),
                        m.fluxErr(),
                        (one.isPlaced() ? "placed" : "off") + (one.isMeasured() ? " measured" : " wrong")));
            }
            rows.append('\n');
        }
        return rows.toString();
    }
}
