package io.spectractor.catalogue.series;

import java.util.List;

/**
 * A function over light curves, named by its class: with a public constructor that takes the parameters as a
 * {@code Map<String, String>}, or one without arguments. One object serves all threads.
 */
public interface SeriesFunction {
    /** Names of what it finds, columns of the result. */
    List<String> results();

    /** What it finds in a light curve, in that order; NaN for nothing. */
    double[] apply(LightCurve curve);
}
