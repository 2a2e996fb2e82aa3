package io.spectractor.core.forward;

import io.spectractor.core.calibration.OrderOverlap.Overlap;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.calibration.WavelengthSolution;
import io.spectractor.core.extraction.AngleRefinement;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.ParameterPriors;
import io.spectractor.core.forward.equations.Template;
import io.spectractor.core.forward.stamps.LightMap;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import java.util.ArrayList;
import java.util.List;

/** Turns a finished fit into a solution with its covariances. */
final class ForwardAssembly {
    /**
     * Relative error of every column that no light makes smaller: even frames without noise, drawn with the same optics,
     * come out 0.1 to 0.3 % off, through the tables of the profile, the second order and the sampling of sharp lines.
     */
    private static final double MODEL_ERROR = 1e-3;

    /** How much of the detail below a column counts as an error of it. */
    private static final double DETAIL = 0.5;

    /** Relative error of a ratio of the orders that was assumed to be constant, beside that of its level. */
    private static final double ASSUMED_RATIO_SHAPE = 0.02;

    private final ProfileWindow window;
    private final ForwardParameters layout;
    private final ParameterPriors priors;
    private final PointSpreadFunction psf;
    private final ForwardFit fit;
    private final ForwardState state;
    private final ColumnSpectrum profile;
    private final WavelengthSolution lines;
    private final int iterations;
    private final int starsSeen;
    private final int starsFitted;
    private final boolean fitWavelengths;
    private final double[] conditional;
    private final double[] parameterCovariance;
    private final double[][] response;
    private final List<DoubtfulReference.Deviation> deviations = new ArrayList<>();
    private final double freedom;
    private final double scale;

    ForwardAssembly(ForwardSetup setup, ForwardFit fit, ForwardState state, int iterations, int starsSeen) {
        this.window = setup.window;
        this.layout = setup.layout;
        this.priors = setup.priors;
        this.psf = setup.psf;
        this.profile = setup.input.profile();
        this.lines = setup.input.lines();
        this.fitWavelengths = setup.priors.fitsWavelengths();
        this.fit = fit;
        this.state = state;
        this.iterations = iterations;
        this.starsSeen = starsSeen;
        this.starsFitted = setup.stars.count() + (setup.neighbour.present() ? 1 : 0);
        double[] inverse = state.factor.inverse();
        ParameterStep step = fit.curvature(state);
        this.parameterCovariance = step.covariance();
        if (setup.input.ratioAssumed()) {
            // a constant ratio is not what any disperser has
            parameterCovariance[layout.order2 * (layout.count + 1)] += ASSUMED_RATIO_SHAPE * ASSUMED_RATIO_SHAPE;
        }
        this.response = step.response();
        ReferenceSpectrum reference = setup.input.reference();
        if (reference != null) {
            DoubtfulReference doubtful = new DoubtfulReference(fit, state, step);
            setup.input.doubts().forEach(doubt -> deviations.add(doubtful.by(doubt, reference)));
        }
        this.freedom = window.columns - state.prior.traceWith(inverse);
        // A χ² above 1 says that the pixels are known less well than their noise.
        this.scale = Math.max(1, reducedChi2());
        this.conditional = setup.input.reference() != null
                ? ReferenceScatter.covariance(state, inverse, scale)
                : new ForwardResiduals(fit).covarianceOfSharedPixels(state, inverse);
        addWavelengths();
    }

    /**
     * A spectrum is read at its wavelengths: an error of distance or shift that moves features and wavelengths together
     * does no harm, one that moves the wavelengths alone does.
     */
    private void addWavelengths() {
        if (!fitWavelengths && deviations.isEmpty()) {
            return;
        }
        int n = window.columns;
        TraceGeometry geometry = fit.geometry(state.parameters);
        double[] lambda = geometry.wavelengths(window.firstColumn, 1, n, 1);
        TraceGeometry further = geometry.with(geometry.distanceMm() + Template.step(0), geometry.shiftPx());
        for (int i = 1; i < n - 1; i++) {
            double slope = (state.amplitudes[i + 1] - state.amplitudes[i - 1]) / 2;
            double perMm = (further.columnOf(lambda[i], 1) - geometry.columnOf(lambda[i], 1)) / Template.step(0);
            double perPx = Math.cos(Math.toRadians(geometry.angleDeg()));
            if (!Double.isNaN(perMm)) {
                response[layout.distance][i] -= slope * perMm;
                response[layout.distance + 1][i] -= slope * perPx;
            }
        }
    }

    private double reducedChi2() {
        int used = 0;
        for (double w : fit.weight()) {
            used += w > 0 ? 1 : 0;
        }
        return state.chi2 / Math.max(1, used - freedom - layout.count);
    }

    ForwardSolution assemble() {
        Overlap overlap = fit.overlap(state.parameters);
        double[] covariance = covariance();
        double ratio = state.parameters[layout.order2];
        double[] second = fit.model().secondOrder(state.amplitudes);
        ColumnSpectrum spectrum = spectrum(covariance);
        return new ForwardSolution(
                spectrum,
                wavelengths(spectrum),
                overlap.lambdaNm(),
                second,
                secondErrors(LightMap.ofHigher(overlap, window.columns, 0, ratio), second, covariance, ratio),
                ratio,
                sigma(layout.order2),
                ifFree(layout.order3, state.parameters[layout.order3]),
                ifFree(layout.order3, sigma(layout.order3)),
                ifFree(layout.water(), state.parameters[layout.water()]),
                ifFree(layout.water(), sigma(layout.water())),
                1 / (fit.widths().smooth() * fit.widths().smooth()),
                freedom,
                iterations,
                fit.converged(),
                starsSeen,
                starsFitted);
    }

    /** The value, if that parameter was fitted. */
    private double ifFree(int q, double value) {
        return priors.holds(q) ? Double.NaN : value;
    }

    private double sigma(int q) {
        return Math.sqrt(covariance(q, q));
    }

    private double covariance(int q, int r) {
        double value = scale * parameterCovariance[q * layout.count + r];
        for (DoubtfulReference.Deviation deviation : deviations) {
            value += deviation.parameters()[q] * deviation.parameters()[r];
        }
        return q == r ? Math.max(value, 0) : value;
    }

    /** A^-1 + R S^-1 R^T with R = A^-1 B^T, times the reduced χ² where that exceeds 1, and what no model can do better. */
    private double[] covariance() {
        int n = window.columns;
        int m = layout.count;
        double[] out = conditional.clone();
        double[] hidden = new ForwardResiduals(fit).hiddenDetail(state.parameters);
        double[] ofParameters = new double[m];
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
            for (int q = 0; q < m; q++) {
                ofParameters[q] = 0;
                for (int r = 0; r < m; r++) {
                    ofParameters[q] += parameterCovariance[q * m + r] * response[r][i];
                }
            }
            System.arraycopy(conditional, i * n, row, 0, i + 1);
            RowSum.add(row, response, 0, m, ofParameters, 0, 0, i + 1);
            for (int j = 0; j <= i; j++) {
                double value = scale * row[j];
                out[i * n + j] = value;
                out[j * n + i] = value;
            }
            double floor = MODEL_ERROR * state.amplitudes[i];
            double detail = DETAIL * hidden[i] * state.amplitudes[i];
            out[i * n + i] += floor * floor + detail * detail;
        }
        for (DoubtfulReference.Deviation deviation : deviations) {
            addTo(out, flux(deviation));
        }
        return out;
    }

    /** How the flux at given wavelengths deviates. */
    private double[] flux(DoubtfulReference.Deviation deviation) {
        double[] flux = deviation.amplitudes().clone();
        for (int q = 0; q < layout.count; q++) {
            for (int i = 0; i < flux.length; i++) {
                flux[i] -= deviation.parameters()[q] * response[q][i];
            }
        }
        return flux;
    }

    private static void addTo(double[] covariance, double[] deviation) {
        int n = deviation.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i * n + j] += deviation[i] * deviation[j];
            }
        }
    }

    /** 1σ of the second order from those of the first and of the ratio, and their correlation. */
    private double[] secondErrors(LightMap light, double[] second, double[] covariance, double ratio) {
        int n = window.columns;
        int m = layout.count;
        double[] error = new double[n];
        for (int j = 0; j < n; j++) {
            int s = light.source(j);
            if (s < 0) {
                continue;
            }
            double variance = light.left(j) * light.left(j) * covariance[s * n + s]
                    + 2 * light.left(j) * light.right(j) * covariance[s * n + s + 1]
                    + light.right(j) * light.right(j) * covariance[(s + 1) * n + s + 1];
            double shared = 0;
            for (int q = 0; q < m; q++) {
                double c = scale * parameterCovariance[layout.order2 * m + q];
                shared -= c * (light.left(j) * response[q][s] + light.right(j) * response[q][s + 1]);
            }
            double perRatio = second[j] / ratio;
            variance += 2 * perRatio * shared + perRatio * perRatio * sigma(layout.order2) * sigma(layout.order2);
            error[j] = Math.sqrt(Math.max(variance, 0));
        }
        return error;
    }

    /** With the angle of the fitted trace, in which the second order is no longer mistaken for the first. */
    private WavelengthSolution wavelengths(ColumnSpectrum spectrum) {
        TraceGeometry before = fit.geometry(state.parameters);
        TraceGeometry geometry = before.withAngle(AngleRefinement.angleDeg(spectrum, before, Double.POSITIVE_INFINITY));
        if (!fitWavelengths) {
            return new WavelengthSolution(
                    geometry,
                    Math.hypot(lines.distanceErrMm(), sigma(layout.distance)),
                    Math.hypot(lines.shiftErrPx(), sigma(layout.distance + 1)),
                    lines.covariance() + covariance(layout.distance, layout.distance + 1),
                    lines.measured(),
                    lines.features());
        }
        return new WavelengthSolution(
                geometry,
                sigma(layout.distance),
                sigma(layout.distance + 1),
                covariance(layout.distance, layout.distance + 1),
                lines.measured(),
                lines.features());
    }

    private ColumnSpectrum spectrum(double[] covariance) {
        int n = window.columns;
        ChromaticColumns values = fit.model().values();
        double[] rows = fit.geometry(state.parameters).rows(window.firstColumn, n, 1);
        double[] traceY = new double[n];
        double[] fwhm = new double[n];
        List<double[]> shapes = new ArrayList<>();
        for (int s = 0; s < psf.shapeCount(); s++) {
            shapes.add(new double[n]);
        }
        for (int c = 0; c < n; c++) {
            double[] shape = ForwardParameters.shape(values, c);
            traceY[c] = rows[c] + values.shape(c)[0];
            fwhm[c] = psf.fwhm(shape);
            for (int s = 0; s < shape.length; s++) {
                shapes.get(s)[c] = shape[s];
            }
        }
        double[] model = state.model(window);
        double[] residuals = new double[model.length];
        byte[] rejected = window.mask.clone();
        for (int i = 0; i < model.length; i++) {
            residuals[i] = Math.sqrt(fit.weight()[i]) * state.residual[i];
            if (rejected[i] == 0 && fit.weight()[i] == 0) {
                rejected[i] = CcdImage.COSMIC;
            }
        }
        return new ColumnSpectrum(
                window.firstColumn,
                state.amplitudes.clone(),
                covariance,
                profile.flags().clone(),
                profile.stripSum(),
                traceY,
                psf.shapeNames(),
                shapes,
                fwhm,
                window.firstRow.clone(),
                window.rows,
                model,
                residuals,
                rejected,
                reducedChi2(),
                profile.traceErrPx());
    }
}
