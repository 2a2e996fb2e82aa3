package io.spectractor.core.emission;

import io.spectractor.core.emission.LinePeaks.Peak;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.target.ExpectedLine;
import io.spectractor.core.target.Lamp;
import io.spectractor.core.target.SpectralLine;
import java.util.Arrays;
import java.util.List;

/**
 * Which lines the peaks of a spectrum are: their pattern is held against that of the catalogue over the whole prior of
 * distance, shift and redshift.
 */
final class LinePattern {
    /** Share of peaks that are no line of the catalogue. */
    private static final double STRANGERS = 0.15;
    /** How well a peak's place is known when lines blend, px. */
    private static final double PLACE_PX = 0.7;
    /** How much rarer lines are that the catalogue does not call bright. */
    private static final double FAINT = 0.25;

    /** A peak that is nearer to a line than this is explained by it. */
    private static final double EXPLAINED_PX = 2.5;

    private static final double RANGE_SIGMA = 4;
    private static final double STEP_PX = 0.4;
    /** Places nearer than this are the same, px at the end of the spectrum. */
    private static final double SAME_PX = 4;

    private LinePattern() {}

    /**
     * Prior of where lines fall.
     *
     * @param distanceMm distance from disperser to CCD and its 1σ
     * @param shiftErrPx 1σ of the shift of order 0, px
     * @param redshifts that the object may have
     */
    record Prior(double distanceMm, double distanceErrMm, double shiftErrPx, double[] redshifts) {}

    /**
     * The place that explains the peaks best.
     *
     * @param probability that it is this one, among all places of the prior
     */
    record Match(double distanceMm, double shiftPx, double redshift, double probability) {}

    static Match search(
            List<Peak> peaks,
            List<ExpectedLine> lines,
            TraceGeometry nominal,
            int firstColumn,
            int columns,
            Prior prior,
            Deadline deadline) {
        double reach = columns + firstColumn - nominal.order0().x();
        double stepMm = STEP_PX * prior.distanceMm() / Math.max(reach, 1);
        int halfD = Math.max(1, (int) Math.ceil(RANGE_SIGMA * prior.distanceErrMm() / stepMm));
        int halfS = (int) Math.floor(RANGE_SIGMA * prior.shiftErrPx() / STEP_PX);
        double[] bestAt = {prior.distanceMm(), 0, prior.redshifts()[0]};
        double best = Double.NEGATIVE_INFINITY;
        double[][] logs = new double[prior.redshifts().length * (2 * halfD + 1)][2 * halfS + 1];
        int row = 0;
        for (double z : prior.redshifts()) {
            for (int d = -halfD; d <= halfD; d++, row++) {
                deadline.check();
                double distance = Math.max(prior.distanceMm() + d * stepMm, prior.distanceMm() / 10);
                double[] at = places(lines, nominal.with(distance, 0), firstColumn, z);
                double u = (distance - prior.distanceMm()) / prior.distanceErrMm();
                for (int s = -halfS; s <= halfS; s++) {
                    double v = s * STEP_PX / prior.shiftErrPx();
                    double log = -0.5 * (u * u + v * v) + match(peaks, lines, at, s * STEP_PX, columns);
                    logs[row][s + halfS] = log;
                    if (log > best) {
                        best = log;
                        bestAt = new double[] {distance, s * STEP_PX, z};
                    }
                }
            }
        }
        double near = 0;
        double all = 0;
        double end = end(nominal, bestAt[0], bestAt[1], bestAt[2], reach);
        row = 0;
        for (double z : prior.redshifts()) {
            for (int d = -halfD; d <= halfD; d++, row++) {
                double distance = Math.max(prior.distanceMm() + d * stepMm, prior.distanceMm() / 10);
                for (int s = -halfS; s <= halfS; s++) {
                    double p = Math.exp(logs[row][s + halfS] - best);
                    all += p;
                    near += Math.abs(end(nominal, distance, s * STEP_PX, z, reach) - end) < SAME_PX ? p : 0;
                }
            }
        }
        return new Match(bestAt[0], bestAt[1], bestAt[2], near / all);
    }

    /** How many peaks are lines of the catalogue at a place. */
    static int explained(
            Match match, List<Peak> peaks, List<ExpectedLine> lines, TraceGeometry nominal, int firstColumn) {
        double[] at = places(lines, nominal.with(match.distanceMm(), 0), firstColumn, match.redshift());
        return (int) peaks.stream()
                .filter(peak -> Arrays.stream(at)
                        .anyMatch(column -> Math.abs(peak.column() - column - match.shiftPx()) < EXPLAINED_PX))
                .count();
    }

    /** About where the last wavelength of the spectrum falls. */
    private static double end(TraceGeometry nominal, double distance, double shift, double z, double reach) {
        return shift + reach * (distance / nominal.distanceMm()) * (1 + z);
    }

    private static double[] places(List<ExpectedLine> lines, TraceGeometry geometry, int firstColumn, double z) {
        double[] at = new double[lines.size()];
        for (int k = 0; k < at.length; k++) {
            at[k] = geometry.columnOf(lines.get(k).wavelengthNm() * (1 + z), 1) - firstColumn;
        }
        return at;
    }

    private static double match(List<Peak> peaks, List<ExpectedLine> lines, double[] at, double shift, int columns) {
        double weights = 0;
        for (int k = 0; k < at.length; k++) {
            weights += at[k] + shift > 0 && at[k] + shift < columns ? weight(lines.get(k)) : 0;
        }
        double sum = 0;
        for (Peak peak : peaks) {
            double near = 0;
            for (int k = 0; k < at.length; k++) {
                double u = (peak.column() - at[k] - shift) / PLACE_PX;
                if (Math.abs(u) < 5) {
                    near += weight(lines.get(k)) * Math.exp(-0.5 * u * u);
                }
            }
            double known = weights > 0 ? near / weights / (PLACE_PX * Math.sqrt(2 * Math.PI)) : 0;
            sum += Math.log(STRANGERS / columns + (1 - STRANGERS) * known);
        }
        return sum;
    }

    /** Whether the catalogue calls a line bright; that of lamps is a list of names. */
    static boolean isBright(ExpectedLine line) {
        return line.line().origin() == SpectralLine.Origin.LAMP
                ? Lamp.isBright(line.line())
                : line.line().useForCalibration();
    }

    private static double weight(ExpectedLine line) {
        return isBright(line) ? 1 : FAINT;
    }
}
