package io.spectractor.core.emission;

/**
 * Measured light that is the sum of components with free strengths, whose places and shapes depend on a few parameters:
 * lines first, then what lies below them.
 */
interface LineScene {
    /** Measured values. */
    double[] data();

    /** Their inverse variances; 0 for those that don't count. */
    double[] weight();

    /**
     * The components at unit strength.
     *
     * @param parameters places and shapes
     * @param lambdasNm wavelengths of the lines, nm
     * @return a row per component, the lines first
     */
    double[][] components(double[] parameters, double[] lambdasNm);

    /**
     * Derivatives of the sum of the components by the parameters, a row each.
     *
     * @param strengths of the components
     */
    double[][] slopes(double[] parameters, double[] lambdasNm, double[] strengths);

    /** Means of the parameters' Gaussian priors. */
    double[] means();

    /** Their 1σ; 0 holds a parameter. */
    double[] sigmas();

    /** Inverse covariance of the prior of the strengths of what lies below the lines, as far as there is one; by rows. */
    double[] penalty();

    /** 1σ of the strengths behind the lines' about 0, so that what no value tells stays small. */
    double looseness();
}
