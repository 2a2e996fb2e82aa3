package io.spectractor.core.emission;

import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.psf.PsfProfile;
import java.util.OptionalDouble;

/** How the pixels of a scene change with its parameters, from the derivatives of the profile: one pass for all of them. */
final class PixelSlopes {
    private static final double STEP_MM = 2e-3;
    private static final double STEP_PX = 2e-2;
    private static final double STEP_VARIANCE = 2e-3;

    private final PixelScene scene;
    private final ProfileWindow window;
    private final double[] p;
    private final TraceGeometry geometry;
    private final TraceGeometry further;
    private final TraceGeometry shifted;
    private final double variance;
    /** By order, parameter and pixel, before lines are widened along the dispersion. */
    private final double[][][] sums;
    /** Light of the lines themselves, likewise. */
    private final double[][] light;

    private final double[][] out;

    PixelSlopes(PixelScene scene, double[] p, double[] lambdas, double[] strengths) {
        this.scene = scene;
        this.window = scene.window;
        this.p = p;
        this.geometry = scene.nominal.with(p[0], p[1]);
        this.further = scene.nominal.with(p[0] + STEP_MM, p[1]);
        this.shifted = scene.nominal.with(p[0], p[1] + STEP_PX);
        this.variance = Math.max(p[PixelScene.LINE], 0);
        int n = window.signal.length;
        this.sums = new double[2][p.length][n];
        this.light = new double[2][n];
        for (int k = 0; k < lambdas.length; k++) {
            line(lambdas[k], strengths[k]);
            OptionalDouble partner = scene.doublets.missingPartner(lambdas[k], lambdas);
            if (partner.isPresent()) {
                double photons = scene.doublets.share(lambdas[k]) * partner.getAsDouble() / lambdas[k];
                line(partner.getAsDouble(), photons * strengths[k]);
            }
        }
        this.out = new double[p.length][];
        for (int q = 0; q < p.length; q++) {
            out[q] = both(sums[0][q], sums[1][q], variance);
        }
        out[PixelScene.ORDER2] = scene.widened(light[1], 4 * variance);
        double scale = 1 / p[PixelScene.ORDER2];
        for (int i = 0; i < n; i++) {
            out[PixelScene.ORDER2][i] *= scale;
        }
        double[] narrow = both(light[0], light[1], variance);
        double[] wide = both(light[0], light[1], variance + STEP_VARIANCE);
        for (int i = 0; i < n; i++) {
            out[PixelScene.LINE][i] = (wide[i] - narrow[i]) / STEP_VARIANCE;
        }
        continuum(lambdas.length, strengths);
    }

    /** A row per parameter. */
    double[][] byParameter() {
        return out;
    }

    private double[] both(double[] first, double[] second, double wider) {
        double[] sum = scene.widened(first, wider);
        double[] two = scene.widened(second, 4 * wider);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += two[i];
        }
        return sum;
    }

    private void line(double lambda, double strength) {
        double x1 = geometry.columnOf(lambda, 1) - window.firstColumn;
        double x2 = geometry.columnOf(lambda, 2) - window.firstColumn;
        double y1 = scene.traceY(p, x1);
        double slope = (scene.traceY(p, x1 + 1) - scene.traceY(p, x1 - 1)) / 2;
        double perMm1 = (further.columnOf(lambda, 1) - geometry.columnOf(lambda, 1)) / STEP_MM;
        double perPx1 = (shifted.columnOf(lambda, 1) - geometry.columnOf(lambda, 1)) / STEP_PX;
        add(0, x1, x1, y1, strength, new double[] {perMm1, perPx1, slope * perMm1, slope * perPx1});
        double y2 = scene.secondRow(geometry, p, lambda, x2);
        double perMm2 = (further.columnOf(lambda, 2) - geometry.columnOf(lambda, 2)) / STEP_MM;
        double perPx2 = (shifted.columnOf(lambda, 2) - geometry.columnOf(lambda, 2)) / STEP_PX;
        double yPerMm = (scene.secondRow(further, p, lambda, x2) - y2) / STEP_MM;
        double yPerPx = (scene.secondRow(shifted, p, lambda, x2) - y2) / STEP_PX;
        double second = strength * p[PixelScene.ORDER2] * scene.ratio.applyAsDouble(lambda);
        add(1, x1, x2, y2, second, new double[] {perMm2, perPx2, yPerMm, yPerPx});
    }

    /** An image of the source; {@code moves} are its x and y by distance and shift. */
    private void add(int order, double of, double x, double y, double strength, double[] moves) {
        if (Double.isNaN(x) || strength == 0) {
            return;
        }
        int from = scene.inside((int) Math.rint(of));
        double t = scene.position(from);
        double along = scene.position(of);
        PsfProfile profile = scene.psf.at(scene.shape(p, from));
        double reach = PixelScene.REACH * profile.fwhm();
        int first = (int) Math.max(0, Math.ceil(x - reach));
        int last = (int) Math.min(window.columns - 1, Math.floor(x + reach));
        double[] g = new double[3 + profile.shapeCount()];
        for (int c = first; c <= last; c++) {
            for (int r = 0; r < window.rows; r++) {
                int at = c * window.rows + r;
                profile.pixelGradient(c - x, window.firstRow[c] + r - y, g, 0);
                light[order][at] += strength * g[0];
                sums[order][0][at] += strength * (g[1] * moves[0] + g[2] * moves[2]);
                sums[order][1][at] += strength * (g[1] * moves[1] + g[2] * moves[3]);
                shapes(sums[order], at, strength, from, t, g, 3);
                double byRow = strength * g[2];
                sums[order][PixelScene.TRACE][at] += byRow;
                if (order == 0) {
                    sums[order][PixelScene.TRACE + 1][at] += byRow * along;
                    sums[order][PixelScene.TRACE + 2][at] += byRow * along * along;
                }
            }
        }
    }

    /** What the shape does: widths by their common factor, the others by themselves. */
    private void shapes(double[][] to, int at, double strength, int column, double t, double[] g, int first) {
        int other = PixelScene.SHAPE;
        for (int k = 0; k < scene.psf.shapeCount(); k++) {
            double slope = strength * g[first + k];
            if (scene.psf.isWidth(k)) {
                double wider = slope * scene.spectrum.shape().get(k)[column];
                to[PixelScene.WIDTH][at] += wider;
                to[PixelScene.WIDTH + 1][at] += wider * t;
                to[PixelScene.WIDTH + 2][at] += wider * t * t;
            } else {
                to[other++][at] += slope;
            }
        }
    }

    private void continuum(int first, double[] strengths) {
        for (int c = 0; c < window.columns; c++) {
            double below = 0;
            for (int k = 0; k < scene.continuum.size(); k++) {
                below += strengths[first + k] * scene.continuum.part(k)[c];
            }
            PsfProfile profile = scene.psf.at(scene.shape(p, c));
            double y = scene.traceY(p, c);
            double t = scene.position(c);
            double[] g = new double[2 + profile.shapeCount()];
            for (int r = 0; r < window.rows; r++) {
                int at = c * window.rows + r;
                profile.pixelTransverseGradient(window.firstRow[c] + r - y, g, 0);
                shapes(out, at, below, c, t, g, 2);
                out[PixelScene.TRACE][at] += below * g[1];
                out[PixelScene.TRACE + 1][at] += below * g[1] * t;
                out[PixelScene.TRACE + 2][at] += below * g[1] * t * t;
            }
        }
    }
}
