package io.spectractor.core.psf;

/**
 * A Moffat profile, (1 + r^2 / gamma^2)^-alpha. Its integral over x is again a Moffat profile, with exponent
 * beta = alpha - 1/2 and norm Gamma(beta) / (sqrt(pi) gamma Gamma(alpha - 1)).
 */
final class MoffatProfile implements PsfProfile {
    /** Terms of the series below this fraction of the peak are left out. */
    private static final double TOLERANCE = 1e-10;

    /** Error allowed to the quadrature over a pixel of the plane, as a fraction of the peak. */
    private static final double PLANE_TOLERANCE = 1e-7;

    private static final double[] INVERSE = new double[160];

    static {
        for (int n = 1; n < INVERSE.length; n++) {
            INVERSE[n] = 1.0 / n;
        }
    }

    private final double gamma;
    private final double alpha;
    private final double beta;
    private final double perGammaSquared;
    private final double planeNorm;
    private final double lineNorm;
    private final double lineNormSlope;
    /** A pixel is cut into pieces no wider than gamma, so that the series converges quickly. */
    private final int pieces;

    /** @param alpha above 1, else the integral over the plane diverges and values are NaN */
    MoffatProfile(double gamma, double alpha) {
        this.gamma = gamma;
        this.alpha = alpha;
        this.beta = alpha - 0.5;
        this.perGammaSquared = 1 / (gamma * gamma);
        this.planeNorm = alpha > 1 ? (alpha - 1) / (Math.PI * gamma * gamma) : Double.NaN;
        if (alpha > 1) {
            GammaRatio ratio = new GammaRatio(alpha - 1);
            this.lineNorm = ratio.value / (Math.sqrt(Math.PI) * gamma);
            this.lineNormSlope = ratio.logDerivative;
        } else {
            this.lineNorm = Double.NaN;
            this.lineNormSlope = Double.NaN;
        }
        this.pieces = (int) Math.min(1000, Math.max(1, Math.ceil(1 / gamma)));
    }

    @Override
    public int shapeCount() {
        return 2;
    }

    @Override
    public double value(double dx, double dy) {
        return planeNorm * Math.exp(-alpha * Math.log(1 + (dx * dx + dy * dy) * perGammaSquared));
    }

    @Override
    public void gradient(double dx, double dy, double[] out, int to) {
        double q = 1 + (dx * dx + dy * dy) * perGammaSquared;
        double log = Math.log(q);
        double p = Math.exp(-alpha * log);
        writePlane(p, dx * p / q, dy * p / q, p / q, p * log, out, to);
    }

    /** From means of p, dx p / q, dy p / q, p / q and p ln q, where q = 1 + r^2 / gamma^2 and p = q^-alpha. */
    private void writePlane(double p, double xpq, double ypq, double pq, double plog, double[] out, int to) {
        double slope = 2 * planeNorm * alpha * perGammaSquared;
        out[to] = planeNorm * p;
        out[to + 1] = slope * xpq;
        out[to + 2] = slope * ypq;
        out[to + 3] = 2 * planeNorm / gamma * (alpha * (p - pq) - p);
        out[to + 4] = planeNorm * (p / (alpha - 1) - plog);
    }

    @Override
    public double transverse(double dy) {
        return lineNorm * Math.exp(-beta * Math.log(1 + dy * dy * perGammaSquared));
    }

    @Override
    public void transverseGradient(double dy, double[] out, int to) {
        double q = 1 + dy * dy * perGammaSquared;
        double log = Math.log(q);
        double v = lineNorm * Math.exp(-beta * log);
        out[to] = v;
        out[to + 1] = 2 * beta * dy * perGammaSquared * v / q;
        out[to + 2] = v / gamma * (2 * beta * (q - 1) / q - 1);
        out[to + 3] = v * (lineNormSlope - log);
    }

    @Override
    public void pixelTransverseGradient(double dy, double[] out, int to) {
        out[to] = 0;
        out[to + 1] = 0;
        out[to + 2] = 0;
        out[to + 3] = 0;
        double half = 0.5 / pieces;
        for (int i = 0; i < pieces; i++) {
            addPiece(dy - 0.5 + (2 * i + 1) * half, half, out, to);
        }
    }

    /**
     * Adds the mean over [u - half, u + half], weighted by the piece's share. With v = u / gamma, s^2 = 1 + v^2 and
     * x = -v / s the Taylor series is Gegenbauer's: (1 + (v + t)^2)^-beta = s^(-2 beta) sum C_n(x) (t / s)^n. Even terms
     * make the mean; all terms give the edge values, and with them the derivatives by centre and gamma; the derivative by
     * beta comes from the recurrence differentiated. One logarithm and one exponential per pixel.
     *
     * @see <a href="https://dlmf.nist.gov/18.12#E4">DLMF 18.12.4</a> and 18.9.1 for the recurrence
     */
    private void addPiece(double u, double half, double[] out, int to) {
        double q = 1 + u * u * perGammaSquared;
        double log = Math.log(q);
        double p = Math.exp(-beta * log);
        double t2 = half * half * perGammaSquared / q;
        double xt = -u * half * perGammaSquared / q;
        double k = 2 * (beta - 1);
        double c0 = 1;
        double c1 = 2 * beta * xt;
        double d0 = 0;
        double d1 = 2 * xt;
        double mean = 1;
        double meanByBeta = 0;
        double even = 1;
        double odd = c1;
        for (int n = 2; n < INVERSE.length - 1; n += 2) {
            double i = INVERSE[n];
            double j = INVERSE[n + 1];
            double c2 = (2 + k * i) * xt * c1 - (1 + k * i) * t2 * c0;
            double d2 = xt * ((2 + k * i) * d1 + 2 * i * c1) - t2 * ((1 + k * i) * d0 + 2 * i * c0);
            double c3 = (2 + k * j) * xt * c2 - (1 + k * j) * t2 * c1;
            double d3 = xt * ((2 + k * j) * d2 + 2 * j * c2) - t2 * ((1 + k * j) * d1 + 2 * j * c1);
            mean += c2 * j;
            meanByBeta += d2 * j;
            even += c2;
            odd += c3;
            if (p * (Math.abs(c2) + Math.abs(c3) + Math.abs(d2) + Math.abs(d3)) < TOLERANCE) {
                break;
            }
            c0 = c2;
            c1 = c3;
            d0 = d2;
            d1 = d3;
        }
        double factor = lineNorm * p / pieces;
        out[to] += factor * mean;
        out[to + 1] -= factor * odd / half;
        out[to + 2] -= factor * (u * odd / half + even) / gamma;
        out[to + 3] += factor * ((lineNormSlope - log) * mean + meanByBeta);
    }

    @Override
    public double pixelValue(double dx, double dy) {
        double[] out = new double[5];
        pixelGradient(dx, dy, out, 0);
        return out[0];
    }

    @Override
    public void pixelGradient(double dx, double dy, double[] out, int to) {
        int n = nodesFor(dx, dy);
        double[] nodes = GaussLegendre.nodes(n);
        double[] weights = GaussLegendre.weights(n);
        double p = 0;
        double xpq = 0;
        double ypq = 0;
        double pq = 0;
        double plog = 0;
        for (int i = 0; i < n; i++) {
            double x = dx + nodes[i];
            for (int j = 0; j < n; j++) {
                double y = dy + nodes[j];
                double q = 1 + (x * x + y * y) * perGammaSquared;
                double log = Math.log(q);
                double value = weights[i] * weights[j] * Math.exp(-alpha * log);
                double overQ = value / q;
                p += value;
                xpq += x * overQ;
                ypq += y * overQ;
                pq += overQ;
                plog += value * log;
            }
        }
        writePlane(p, xpq, ypq, pq, plog, out, to);
    }

    /**
     * Quadrature nodes per axis: the Taylor coefficient of order 2n along an axis is at most C_2n(1) q^-alpha / d^2n, with d
     * the distance to the singularity at r^2 = -gamma^2.
     */
    private int nodesFor(double dx, double dy) {
        // the corner nearest to the centre, where the profile is highest
        double x = Math.max(0, Math.abs(dx) - 0.5);
        double y = Math.max(0, Math.abs(dy) - 0.5);
        double q = 1 + (x * x + y * y) * perGammaSquared;
        double perDistanceSquared = perGammaSquared / q;
        double coefficient = Math.exp(-alpha * Math.log(q));
        int n = 1;
        while (n < GaussLegendre.MAX_NODES) {
            coefficient *= (2 * alpha + 2 * n - 2) * (2 * alpha + 2 * n - 1) / ((2.0 * n - 1) * (2.0 * n));
            coefficient *= perDistanceSquared;
            if (!(coefficient * GaussLegendre.error(n) > PLANE_TOLERANCE)) {
                break;
            }
            n++;
        }
        return n;
    }

    @Override
    public double fwhm() {
        return 2 * gamma * Math.sqrt(Math.expm1(Math.log(2) / alpha));
    }

    @Override
    public double transverseFwhm() {
        return 2 * gamma * Math.sqrt(Math.expm1(Math.log(2) / beta));
    }

    @Override
    public double unitArea() {
        return 1 / planeNorm;
    }

    @Override
    public double unitAreaDerivative(int k) {
        return k == 0 ? 2 / (planeNorm * gamma) : -1 / (planeNorm * (alpha - 1));
    }
}
