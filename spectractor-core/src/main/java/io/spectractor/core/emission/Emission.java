package io.spectractor.core.emission;

import io.spectractor.core.calibration.WavelengthSolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A spectrum of lines.
 *
 * @param solution wavelengths
 * @param lines by wavelength
 * @param redshift of the lines
 * @param redshiftErr its 1σ
 * @param probability that the lines are those that they were taken for
 * @param width of lines over the profile across the dispersion
 * @param misfit rms of what lines and continuum leave, as a fraction of the rms light
 */
public record Emission(
        WavelengthSolution solution,
        List<MeasuredLine> lines,
        double redshift,
        double redshiftErr,
        double probability,
        double width,
        double misfit) {
    /** Lines that are wider than this, in the profile's width, are resolved. */
    private static final double RESOLVED = 1.6;

    public Emission {
        lines = List.copyOf(lines);
    }

    /**
     * The lines, with those that the image does not tell from a brighter one beside it and that come with that by their
     * ratio.
     */
    public List<MeasuredLine> linesAndPartners() {
        Doublets doublets = new Doublets(redshift);
        double[] list = lines.stream().mapToDouble(MeasuredLine::lambdaNm).toArray();
        List<MeasuredLine> all = new ArrayList<>(lines);
        for (MeasuredLine line : lines) {
            OptionalDouble partner = doublets.missingPartner(line.lambdaNm(), list);
            if (partner.isPresent()) {
                // photons, not energy
                double share = doublets.share(line.lambdaNm()) * partner.getAsDouble() / line.lambdaNm();
                all.add(new MeasuredLine(
                        line.line(),
                        partner.getAsDouble(),
                        share * line.rate(),
                        share * line.rateErr(),
                        line.shiftPx(),
                        line.shiftErrPx()));
            }
        }
        all.sort(Comparator.comparingDouble(MeasuredLine::lambdaNm));
        return List.copyOf(all);
    }

    /** Whether the object's lines are wider than the image. */
    public boolean resolved() {
        return width > RESOLVED;
    }
}
