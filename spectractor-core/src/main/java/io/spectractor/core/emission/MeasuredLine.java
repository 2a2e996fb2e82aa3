package io.spectractor.core.emission;

import io.spectractor.core.target.ExpectedLine;
import org.jspecify.annotations.Nullable;

/**
 * A line of a spectrum.
 *
 * @param line of the catalogue, or null for one that it lacks
 * @param lambdaNm where it is expected, redshift included, nm in air; where it is, if the catalogue lacks it
 * @param rate its light, ADU/s
 * @param rateErr 1σ of it
 * @param shiftPx where it is less where the solution has it, px
 * @param shiftErrPx 1σ of it
 */
public record MeasuredLine(
        @Nullable ExpectedLine line, double lambdaNm, double rate, double rateErr, double shiftPx, double shiftErrPx) {
    /** Its name. */
    public String label() {
        return line == null ? "unidentified" : line.line().label();
    }
}
