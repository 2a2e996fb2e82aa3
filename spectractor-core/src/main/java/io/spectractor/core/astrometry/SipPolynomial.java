package io.spectractor.core.astrometry;

/**
 * A distortion polynomial of the SIP convention, Σ A_pq u^p v^q, of which any coefficients may be there.
 *
 * @see "D. L. Shupe et al., ASP Conf. Ser. 347, 491 (2005)"
 */
final class SipPolynomial {
    static final SipPolynomial NONE = new SipPolynomial(new double[1][1]);

    private final double[][] coefficient;

    /** @param coefficient by the powers of u and of v */
    SipPolynomial(double[][] coefficient) {
        this.coefficient = coefficient;
    }

    /** Value and derivatives by u and by v. */
    double[] at(double u, double v) {
        double value = 0;
        double byU = 0;
        double byV = 0;
        for (int p = coefficient.length - 1; p >= 0; p--) {
            double row = 0;
            double slope = 0;
            for (int q = coefficient[p].length - 1; q >= 0; q--) {
                slope = slope * v + row;
                row = row * v + coefficient[p][q];
            }
            byU = byU * u + value;
            value = value * u + row;
            byV = byV * u + slope;
        }
        return new double[] {value, byU, byV};
    }
}
