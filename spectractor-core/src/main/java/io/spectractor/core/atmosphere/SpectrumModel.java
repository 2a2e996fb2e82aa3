package io.spectractor.core.atmosphere;

import io.spectractor.core.product.SpectrumProduct;

/**
 * The spectrum that an image's columns should show: photons of the star behind an atmosphere, smeared by the point spread
 * function and counted per column, in the flux units of the product.
 *
 * <p>The smearing is Gaussian; its width follows the measured profile along the spectrum.
 */
final class SpectrumModel {
    static final double CENTRE_NM = 700;
    static final double SPAN_NM = 300;
    static final double MAX_RESOLUTION_PX = 8;

    /** Samples per column before smearing. */
    private static final int OVERSAMPLING = 4;
    /** Columns added at each end. */
    private static final int MARGIN = 36;
    /** Where the Gaussian is cut off, in its sigmas. */
    private static final double REACH = 4.5;

    private final AtmosphereModel atmosphere;
    private final SourceSpectrum light;
    private final double airmass;
    private final double pressureHPa;
    private final double[] nodes;
    private final double[] lambda;
    private final double[] fine;
    private final double[] width;

    SpectrumModel(AtmosphereModel atmosphere, SourceSpectrum light, SpectrumProduct product) {
        this.atmosphere = atmosphere;
        this.light = light;
        this.airmass = product.summary().airmass();
        this.pressureHPa = product.summary().pressureHPa();
        this.nodes = atmosphere.nodesNm();
        this.lambda = product.spectrum().lambdaNm();
        this.fine = fineWavelengths(lambda);
        this.width = relativeWidths(product.psf().fwhm(), lambda.length);
    }

    private static double[] fineWavelengths(double[] lambda) {
        int n = lambda.length;
        double[] fine = new double[(n + 2 * MARGIN) * OVERSAMPLING];
        for (int i = 0; i < fine.length; i++) {
            double x = (i + 0.5) / OVERSAMPLING - 0.5 - MARGIN;
            int k = (int) Math.min(Math.max(Math.floor(x), 0), n - 2);
            fine[i] = lambda[k] + (x - k) * (lambda[k + 1] - lambda[k]);
        }
        return fine;
    }

    private static double[] relativeWidths(double[] fwhm, int n) {
        double[] width = new double[n];
        double sum = 0;
        int count = 0;
        for (int i = 0; i < n; i++) {
            width[i] = fwhm.length == n && fwhm[i] > 0 && fwhm[i] < Double.POSITIVE_INFINITY ? fwhm[i] : Double.NaN;
            if (!Double.isNaN(width[i])) {
                sum += width[i];
                count++;
            }
        }
        double mean = count == 0 ? 1 : sum / count;
        for (int i = 0; i < n; i++) {
            // a wild profile of one column must not become a wild resolution
            width[i] = Double.isNaN(width[i]) ? 1 : Math.min(Math.max(width[i] / mean, 0.4), 2.5);
        }
        return width;
    }

    int size() {
        return lambda.length;
    }

    AtmosphereParameters state(double[] p) {
        return new AtmosphereParameters(
                airmass,
                pressureHPa,
                p[FitParameter.OZONE.index()],
                p[FitParameter.WATER.index()],
                p[FitParameter.AEROSOLS.index()],
                p[FitParameter.ANGSTROM.index()]);
    }

    /** Fills out with the flux density per column; parameters in the order of {@link FitParameter}. */
    void flux(double[] p, double[] out) {
        double shift = p[FitParameter.SHIFT.index()];
        double stretch = p[FitParameter.STRETCH.index()] / SPAN_NM;
        double[] at = new double[fine.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = fine[i] + shift + stretch * (fine[i] - CENTRE_NM);
        }
        double[] photons = InterpolationNodes.interpolate(nodes, atmosphere.atNodes(state(p)), at);
        for (int i = 0; i < at.length; i++) {
            int a = Math.max(0, i - 1);
            int b = Math.min(at.length - 1, i + 1);
            photons[i] *= light.at(at[i]) * at[i] * (at[b] - at[a]) / (b - a);
        }
        double grey = p[FitParameter.GREY.index()];
        double sigma = p[FitParameter.RESOLUTION.index()] * OVERSAMPLING;
        int n = lambda.length;
        for (int c = 0; c < n; c++) {
            int a = Math.max(0, c - 1);
            int b = Math.min(n - 1, c + 1);
            double trueLambda = lambda[c] + shift + stretch * (lambda[c] - CENTRE_NM);
            double perColumn = (lambda[b] - lambda[a]) / (b - a) * (1 + stretch);
            out[c] = grey * OVERSAMPLING * smeared(photons, c, sigma * width[c]) / (trueLambda * perColumn);
        }
    }

    private static double smeared(double[] photons, int column, double sigma) {
        double centre = (column + MARGIN + 0.5) * OVERSAMPLING - 0.5;
        int from = (int) Math.max(0, Math.ceil(centre - REACH * sigma - 1));
        int to = (int) Math.min(photons.length - 1, Math.floor(centre + REACH * sigma + 1));
        double scale = -0.5 / (sigma * sigma);
        double sum = 0;
        double norm = 0;
        for (int i = from; i <= to; i++) {
            double weight = Math.exp(scale * (i - centre) * (i - centre));
            sum += weight * photons[i];
            norm += weight;
        }
        return sum / norm;
    }
}
