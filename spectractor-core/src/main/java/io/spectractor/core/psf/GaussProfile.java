package io.spectractor.core.psf;

/** A Gaussian of given sigma in px. */
final class GaussProfile implements PsfProfile {
    private static final double TOLERANCE = 1e-12;
    private static final int MAX_TERMS = 120;

    private final double sigma;
    private final double norm;
    /** A pixel is cut into pieces no wider than 2 sigma, so that the series has no large terms. */
    private final int pieces;

    GaussProfile(double sigma) {
        this.sigma = sigma;
        this.norm = 1 / (Math.sqrt(2 * Math.PI) * sigma);
        this.pieces = (int) Math.min(1000, Math.max(1, Math.ceil(0.5 / sigma)));
    }

    @Override
    public int shapeCount() {
        return 1;
    }

    @Override
    public double value(double dx, double dy) {
        return norm * norm * Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
    }

    @Override
    public void gradient(double dx, double dy, double[] out, int to) {
        double v = value(dx, dy);
        double perVariance = 1 / (sigma * sigma);
        out[to] = v;
        out[to + 1] = v * dx * perVariance;
        out[to + 2] = v * dy * perVariance;
        out[to + 3] = v * ((dx * dx + dy * dy) * perVariance - 2) / sigma;
    }

    @Override
    public double transverse(double dy) {
        return norm * Math.exp(-dy * dy / (2 * sigma * sigma));
    }

    @Override
    public void transverseGradient(double dy, double[] out, int to) {
        double v = transverse(dy);
        double z = dy / sigma;
        out[to] = v;
        out[to + 1] = v * z / sigma;
        out[to + 2] = v * (z * z - 1) / sigma;
    }

    @Override
    public void pixelTransverseGradient(double dy, double[] out, int to) {
        out[to] = 0;
        out[to + 1] = 0;
        out[to + 2] = 0;
        double half = 0.5 / pieces;
        for (int i = 0; i < pieces; i++) {
            addPiece(dy - 0.5 + (2 * i + 1) * half, half, out, to);
        }
    }

    /**
     * Adds the mean over [u - half, u + half], weighted by the piece's share. With w = u / (sqrt 2 sigma) and
     * t = half / (sqrt 2 sigma), exp(-(w + t)^2) = exp(-w^2) sum H_n(-w) t^n / n!; even terms make the mean, all terms the
     * edge values and with them the derivatives. One exponential instead of two error functions.
     *
     * @see <a href="https://dlmf.nist.gov/18.12#E15">DLMF 18.12.15</a>
     */
    private void addPiece(double u, double half, double[] out, int to) {
        double scale = 1 / (Math.sqrt(2) * sigma);
        double w = u * scale;
        double t = half * scale;
        double p = Math.exp(-w * w);
        double a = -2 * w * t;
        double b = 2 * t * t;
        double h0 = 1;
        double h1 = a;
        double mean = 1;
        double even = 1;
        double odd = a;
        for (int n = 2; n < MAX_TERMS; n += 2) {
            double h2 = (a * h1 - b * h0) / n;
            double h3 = (a * h2 - b * h1) / (n + 1);
            mean += h2 / (n + 1);
            even += h2;
            odd += h3;
            if (p * (Math.abs(h2) + Math.abs(h3)) < TOLERANCE) {
                break;
            }
            h0 = h2;
            h1 = h3;
        }
        double factor = norm * p / pieces;
        out[to] += factor * mean;
        out[to + 1] -= factor * odd / half;
        out[to + 2] -= factor * (u * odd / half + even) / sigma;
    }

    @Override
    public double pixelValue(double dx, double dy) {
        return pixelTransverse(dx) * pixelTransverse(dy);
    }

    @Override
    public void pixelGradient(double dx, double dy, double[] out, int to) {
        pixelTransverseGradient(dx, out, to);
        double x = out[to];
        double byXc = out[to + 1];
        double xBySigma = out[to + 2];
        pixelTransverseGradient(dy, out, to);
        double y = out[to];
        double byYc = out[to + 1];
        double yBySigma = out[to + 2];
        out[to] = x * y;
        out[to + 1] = byXc * y;
        out[to + 2] = x * byYc;
        out[to + 3] = xBySigma * y + x * yBySigma;
    }

    @Override
    public double fwhm() {
        return 2 * Math.sqrt(2 * Math.log(2)) * sigma;
    }

    @Override
    public double transverseFwhm() {
        return fwhm();
    }

    @Override
    public double unitArea() {
        return 2 * Math.PI * sigma * sigma;
    }

    @Override
    public double unitAreaDerivative(int k) {
        return 4 * Math.PI * sigma;
    }
}
