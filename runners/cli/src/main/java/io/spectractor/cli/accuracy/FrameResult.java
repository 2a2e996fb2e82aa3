package io.spectractor.cli.accuracy;

import io.spectractor.cli.demo.TruthComparison;
import io.spectractor.core.simulation.SimulationSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of one simulated frame.
 *
 * @param name of the frame
 * @param files how its camera wrote it
 * @param settings what it was drawn with
 * @param reference what the extraction was told of the star
 * @param distancePull fitted less true distance over its error, NaN if there is no spectrum
 * @param comparison of its spectrum with the truth, or null if there is none
 * @param pulls difference from the truth over error, column by column; empty without spectrum
 * @param reducedChi2 of the extraction's fit, NaN if there is none
 * @param atmosphere of the fit of the atmosphere; empty if it failed
 * @param caveats of the product
 * @param failure why there is no spectrum, or no atmosphere, or null
 * @param seconds of the extraction
 */
public record FrameResult(
        String name,
        String files,
        SimulationSettings settings,
        ReferenceKind reference,
        double distancePull,
        @Nullable TruthComparison comparison,
        double[] pulls,
        double reducedChi2,
        List<Recovered> atmosphere,
        List<String> caveats,
        @Nullable String failure,
        double seconds) {

    private static final double LOST_NM = 1;

    /**
     * A parameter of the atmosphere.
     *
     * @param label name
     * @param truth true value
     * @param value fitted
     * @param sigma its error; 0 if it ended at a bound
     */
    public record Recovered(String label, double truth, double value, double sigma) {
        /** Fitted less true, in errors; NaN at a bound. */
        public double pull() {
            return sigma > 0 ? (value - truth) / sigma : Double.NaN;
        }
    }

    /** Root mean square: the width with its tails. */
    static double rmsPull(double[] pulls) {
        return Math.sqrt(Arrays.stream(pulls).map(p -> p * p).average().orElse(Double.NaN));
    }

    /** Whether the wavelengths are off by more than 1 nm and no caveat says that they may be. */
    boolean lostWithoutCaveat() {
        return comparison != null
                && Math.abs(comparison.spectrum().shiftNm()) > LOST_NM
                && caveats.stream().noneMatch(c -> c.startsWith("WAVELENGTH_"));
    }

    /** Whether the known spectrum was called wrong. */
    boolean replaced() {
        return caveats.contains("REFERENCE_REPLACED");
    }

    /** Header of {@link #csv}. */
    public static String csvHeader() {
        return "frame,files,star,reference,filter,disperser,x,y,seen_arcsec,airmass,flux,seed,status,chi2,rms,shift_nm,flux_ratio,pull,dx_px,"
                + "dy_px,dangle_deg,ddistance_mm,distance_pull,pull_rms,"
                + List.of("pwv", "ozone", "vaod").stream()
                        .map(p -> p + "_true," + p + "," + p + "_sigma")
                        .collect(Collectors.joining(","))
                + ",seconds,caveats,failure";
    }

    /** One row of a table for machines. */
    public String csv() {
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%s,%s,%.1f,%.1f,%.3f,%.3f,%.4f,%d,%s,%.4f",
                name,
                files,
                settings.target(),
                reference.name().toLowerCase(Locale.ROOT),
                settings.filter() == null ? "none" : settings.filter(),
                settings.disperser(),
                settings.order0().x(),
                settings.order0().y(),
                settings.conditions().seeingAtAirmassArcsec(),
                settings.conditions().airmass(),
                settings.fluxScale(),
                settings.seed(),
                comparison == null ? "failed" : "done",
                reducedChi2));
        if (comparison == null) {
            row.append(",,,,,,,,,,");
        } else {
            row.append(String.format(
                    Locale.ROOT,
                    ",%.5f,%.3f,%.5f,%.3f,%.4f,%.4f,%.5f,%.4f,%.3f,%.3f",
                    comparison.spectrum().relativeRms(),
                    comparison.spectrum().shiftNm(),
                    comparison.spectrum().fluxRatio(),
                    comparison.spectrum().pullWidth(),
                    comparison.order0X(),
                    comparison.order0Y(),
                    comparison.angleDeg(),
                    comparison.distanceMm(),
                    distancePull,
                    rmsPull(pulls)));
        }
        for (int i = 0; i < 3; i++) {
            if (i < atmosphere.size()) {
                Recovered r = atmosphere.get(i);
                row.append(String.format(Locale.ROOT, ",%.4f,%.4f,%.4f", r.truth(), r.value(), r.sigma()));
            } else {
                row.append(",,,");
            }
        }
        return row.append(String.format(Locale.ROOT, ",%.3f,", seconds))
                .append(String.join(" ", caveats))
                .append(",\"")
                .append(failure == null ? "" : failure.replace("\"", "'"))
                .append('"')
                .toString();
    }
}
