package io.spectractor.core.extraction;

import java.util.List;

/**
 * A star whose place and brightness a catalogue tells, as it lies in the columns of a spectrum.
 *
 * @param column column of its order 0, px of the image
 * @param row row of its order 0, px
 * @param rate expected light of its order 0, ADU/s; 0 if that lies elsewhere
 * @param positionErr 1σ of its place, px
 * @param lightErr 1σ of its light over that
 * @param traces its dispersed light in the columns of the spectrum, order by order; none if that lies elsewhere
 */
public record KnownSource(
        double column, double row, double rate, double positionErr, double lightErr, List<Trace> traces) {
    public KnownSource {
        traces = List.copyOf(traces);
    }

    /** Whether its order 0 counts. */
    public boolean hasOrderZero() {
        return rate > 0;
    }

    /**
     * An order of its spectrum.
     *
     * @param lambdaNm wavelength per column of the spectrum, nm; NaN where the order is not
     * @param row where it lies in that column, px
     * @param light expected, ADU/s per column
     */
    public record Trace(double[] lambdaNm, double[] row, double[] light) {}
}
