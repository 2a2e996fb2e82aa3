package io.spectractor.core.forward.equations;

import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.ChromaticShape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The parameters beside the amplitudes, in one array: trace correction and shape (Legendre coefficients), factors on the
 * ratios of orders 2 and 3 to the first, by how much wider than the first these orders are, coefficients of a correction to the sky, those of stars of a catalogue, those of a neighbour's spectrum, three
 * per star under the spectrum, and, at the end, those of the template: distance (mm),
 * shift (px) and water (mm). Each has a Gaussian prior; a width of 0 fixes it.
 */
public final class ForwardParameters {
    /** Parameters of a star under the spectrogram: rate (ADU/s), column of the window and row of the image (px). */
    public static final int STAR_SIZE = 3;

    private static final double LEAST_WATER_MM = 0.05;
    private static final double MOST_WATER_MM = 19.9;
    private static final double MOST_WIDER = 0.4;
    /** Light of order 2, in the ratio that it should have; not 0, for its slope is taken from the light itself. */
    private static final double LEAST_RATIO = 0.01;

    private final ChromaticShape series;
    private final int columns;
    private final double[] lower;
    private final double[] upper;
    public final int order2;
    public final int order3;
    /** By what fraction order 2 is wider than order 1 at the same wavelength. */
    public final int width2;
    /** The same of order 3. */
    public final int width3;

    public final int sky;
    public final int skySize;
    public final int known;
    final int knownSize;
    public final int neighbour;
    final int neighbourSize;
    public final int stars;
    public final int distance;
    public final int count;

    /**
     * Without stars.
     *
     * @param start trace correction (parameter 0) and shape
     * @param lower bounds of the shape parameters
     * @param upper bounds of the shape parameters
     */
    public ForwardParameters(ChromaticShape start, int columns, double[] lower, double[] upper, int skySize) {
        this(start, columns, lower, upper, skySize, 0);
    }

    /**
     * The same with stars of a catalogue.
     *
     * @param knownSize number of their parameters
     */
    public ForwardParameters(
            ChromaticShape start, int columns, double[] lower, double[] upper, int skySize, int knownSize) {
        this(
                start,
                columns,
                withTrace(lower, Double.NEGATIVE_INFINITY),
                withTrace(upper, Double.POSITIVE_INFINITY),
                skySize,
                knownSize,
                0,
                0);
    }

    private ForwardParameters(
            ChromaticShape series,
            int columns,
            double[] lower,
            double[] upper,
            int skySize,
            int knownSize,
            int neighbourSize,
            int starCount) {
        this.series = series;
        this.columns = columns;
        this.lower = lower;
        this.upper = upper;
        this.order2 = series.coefficientCount();
        this.order3 = order2 + 1;
        this.width2 = order2 + 2;
        this.width3 = order2 + 3;
        this.sky = order2 + 4;
        this.skySize = skySize;
        this.known = sky + skySize;
        this.knownSize = knownSize;
        this.neighbour = known + knownSize;
        this.neighbourSize = neighbourSize;
        this.stars = neighbour + neighbourSize;
        this.distance = stars + STAR_SIZE * starCount;
        this.count = distance + Template.SIZE;
    }

    private static double[] withTrace(double[] bounds, double trace) {
        double[] out = new double[bounds.length + 1];
        out[0] = trace;
        System.arraycopy(bounds, 0, out, 1, bounds.length);
        return out;
    }

    /** The start, with the given template. */
    public double[] start(Template template) {
        double[] out = new double[count];
        System.arraycopy(series.packed(), 0, out, 0, order2);
        out[order2] = 1;
        out[order3] = 1;
        out[distance] = template.distanceMm();
        out[distance + 1] = template.shiftPx();
        out[distance + 2] = template.waterMm();
        return out;
    }

    /** The template of parameters. */
    public Template template(double[] parameters) {
        return new Template(parameters[distance], parameters[distance + 1], parameters[distance + 2]);
    }

    /** Index of the template's water. */
    public int water() {
        return distance + 2;
    }

    /** Takes the light and the width of order 2 and the water back into their bounds. */
    public void clamp(double[] parameters) {
        parameters[order2] = Math.max(LEAST_RATIO, parameters[order2]);
        parameters[width2] = Math.min(MOST_WIDER, Math.max(-MOST_WIDER, parameters[width2]));
        parameters[water()] = Math.min(MOST_WATER_MM, Math.max(LEAST_WATER_MM, parameters[water()]));
    }

    /** Which parameters lie at a bound that a move would take them out of. */
    public int[] leaving(double[] parameters, double[] move) {
        double water = parameters[water()];
        boolean dry = water <= LEAST_WATER_MM && move[water()] < 0;
        boolean humid = water >= MOST_WATER_MM && move[water()] > 0;
        boolean dark = parameters[order2] <= LEAST_RATIO && move[order2] < 0;
        return IntStream.of(dry || humid ? water() : -1, dark ? order2 : -1)
                .filter(q -> q >= 0)
                .toArray();
    }

    /** The same with a neighbour's spectrum of so many parameters, without stars. */
    public ForwardParameters withNeighbour(int size) {
        return new ForwardParameters(series, columns, lower, upper, skySize, knownSize, size, 0);
    }

    /** The same with stars added. */
    public ForwardParameters withStars(int starCount) {
        return new ForwardParameters(series, columns, lower, upper, skySize, knownSize, neighbourSize, starCount);
    }

    /** Number of coefficients of the trace correction, the first parameters. */
    public int traceCount() {
        return series.degree(0) + 1;
    }

    /** Number of shape parameters. */
    public int shapeCount() {
        return series.parameterCount() - 1;
    }

    /** Which of the stamps' slopes a trace or shape coefficient belongs to. */
    public int slopeOf(int coefficient) {
        int p = 0;
        while (p + 1 < series.parameterCount() && series.offset(p + 1) <= coefficient) {
            p++;
        }
        return p;
    }

    /** Trace correction and shape in every column, within bounds. */
    public ChromaticColumns over(double[] parameters) {
        return series.withPacked(parameters, 0).overColumns(columns, lower, upper);
    }

    /** The shape alone. */
    public static double[] shape(ChromaticColumns values, int column) {
        double[] all = values.shape(column);
        return Arrays.copyOfRange(all, 1, all.length);
    }
}
