package io.spectractor.core.emission;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** A spectrum column by column: lines with the profile of their column, in orders 1 and 2, on a continuum. */
final class ColumnScene implements LineScene {
    /** What the profile of a column and the continuum leave, as a fraction of the light there. */
    private static final double MODEL_ERROR = 0.02;
    /** Reach of a line, in FWHM. */
    private static final double REACH = 8;

    private static final double[] STEPS = {2e-3, 2e-2, 1e-3};

    private final ColumnSpectrum spectrum;
    private final TraceGeometry nominal;
    private final PointSpreadFunction psf;
    private final Continuum continuum;
    private final DoubleUnaryOperator ratio;
    private final Doublets doublets;
    private final double[] weight;
    private final double[] means;
    private final double[] sigmas;
    private final double looseness;

    /**
     * @param expected light per column that model errors are in proportion to
     * @param means of distance (mm), shift (px) and width of a line over that of the transverse profile
     * @param sigmas of their priors
     * @param ratio second over first order at a wavelength
     * @param doublets whose fainter lines come with the brighter ones
     */
    ColumnScene(
            ColumnSpectrum spectrum,
            TraceGeometry nominal,
            PointSpreadFunction psf,
            Continuum continuum,
            DoubleUnaryOperator ratio,
            Doublets doublets,
            double[] expected,
            double[] means,
            double[] sigmas) {
        this.spectrum = spectrum;
        this.nominal = nominal;
        this.psf = psf;
        this.continuum = continuum;
        this.ratio = ratio;
        this.doublets = doublets;
        this.means = means.clone();
        this.sigmas = sigmas.clone();
        this.weight = new double[spectrum.size()];
        double top = 0;
        for (int i = 0; i < weight.length; i++) {
            double e = spectrum.error(i);
            double m = MODEL_ERROR * Math.max(expected[i], 0);
            weight[i] = spectrum.flags()[i] == 0 ? 1 / (e * e + m * m) : 0;
            top = Math.max(top, spectrum.rate()[i]);
        }
        this.looseness = 1e3 * Math.max(top, 1e-6);
    }

    @Override
    public double[] data() {
        return spectrum.rate();
    }

    @Override
    public double[] weight() {
        return weight;
    }

    @Override
    public double[][] components(double[] p, double[] lambdas) {
        TraceGeometry geometry = nominal.with(p[0], p[1]);
        double wider = Math.min(Math.max(p[2], 0.3), 20);
        int n = weight.length;
        double[][] out = new double[lambdas.length + continuum.size()][];
        for (int k = 0; k < lambdas.length; k++) {
            double[] row = new double[n];
            add(row, geometry, lambdas[k], wider, 1);
            OptionalDouble partner = doublets.missingPartner(lambdas[k], lambdas);
            if (partner.isPresent()) {
                double photons = doublets.share(lambdas[k]) * partner.getAsDouble() / lambdas[k];
                add(row, geometry, partner.getAsDouble(), wider, photons);
            }
            out[k] = row;
        }
        for (int k = 0; k < continuum.size(); k++) {
            out[lambdas.length + k] = continuum.part(k);
        }
        return out;
    }

    private void add(double[] row, TraceGeometry geometry, double lambda, double wider, double light) {
        add(row, geometry.columnOf(lambda, 1) - spectrum.firstColumn(), wider, light);
        add(row, geometry.columnOf(lambda, 2) - spectrum.firstColumn(), wider, light * ratio.applyAsDouble(lambda));
    }

    private void add(double[] row, double centre, double wider, double light) {
        int n = row.length;
        int column = (int) Math.min(Math.max(Math.rint(centre), 0), n - 1);
        double[] shape = shape(column);
        double reach = REACH * wider * spectrum.fwhm()[column];
        if (Double.isNaN(centre) || centre < -reach || centre > n + reach || light == 0) {
            return;
        }
        var profile = psf.at(psf.widened(shape, wider));
        int from = (int) Math.max(0, Math.ceil(centre - reach));
        int to = (int) Math.min(n - 1, Math.floor(centre + reach));
        for (int i = from; i <= to; i++) {
            row[i] += light * profile.pixelTransverse(i - centre);
        }
    }

    private double[] shape(int column) {
        double[] shape = new double[psf.shapeCount()];
        for (int k = 0; k < shape.length; k++) {
            shape[k] = spectrum.shape().get(k)[column];
        }
        return shape;
    }

    @Override
    public double[][] slopes(double[] p, double[] lambdas, double[] strengths) {
        double[] here = LineFit.sum(components(p, lambdas), strengths);
        double[][] out = new double[p.length][];
        for (int k = 0; k < p.length; k++) {
            double[] moved = p.clone();
            moved[k] += STEPS[k];
            double[] there = LineFit.sum(components(moved, lambdas), strengths);
            for (int i = 0; i < there.length; i++) {
                there[i] = (there[i] - here[i]) / STEPS[k];
            }
            out[k] = there;
        }
        return out;
    }

    @Override
    public double[] means() {
        return means;
    }

    @Override
    public double[] sigmas() {
        return sigmas;
    }

    @Override
    public double[] penalty() {
        return continuum.penalty();
    }

    @Override
    public double looseness() {
        return looseness;
    }
}
