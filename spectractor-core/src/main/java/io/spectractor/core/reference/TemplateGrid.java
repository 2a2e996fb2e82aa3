package io.spectractor.core.reference;

import java.util.Arrays;

/** The wavelengths on which templates are kept. */
final class TemplateGrid {
    static final double FIRST_NM = 300;
    static final double STEP_NM = 0.5;
    static final int SIZE = 1641;

    private TemplateGrid() {}

    static double lambdaNm(int index) {
        return FIRST_NM + index * STEP_NM;
    }

    /** All wavelengths, nm. */
    static double[] lambdasNm() {
        double[] lambda = new double[SIZE];
        Arrays.setAll(lambda, TemplateGrid::lambdaNm);
        return lambda;
    }

    /** A curve over its mean. */
    static double[] normalised(double[] flux) {
        double mean = Arrays.stream(flux).average().orElse(1);
        return Arrays.stream(flux).map(f -> f / Math.max(mean, 1e-300)).toArray();
    }

    /** Value of a curve at a wavelength, linear between the points; 0 outside. */
    static double at(double[] curve, double lambdaNm) {
        double position = (lambdaNm - FIRST_NM) / STEP_NM;
        if (!(position >= 0 && position < SIZE - 1)) {
            return 0;
        }
        int i = (int) position;
        return curve[i] + (position - i) * (curve[i + 1] - curve[i]);
    }
}
