package io.spectractor.core.forward;

import io.spectractor.core.calibration.GaussianFilter;
import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.extraction.TraceGeometry;
import io.spectractor.core.forward.equations.ExpectedSpectrum;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.ParameterPriors;
import io.spectractor.core.forward.equations.SpectrumPrior;
import io.spectractor.core.forward.equations.Template;

/**
 * What a fit would have come to, to first order, had its reference been another one.
 *
 * <p>With a reference f (1 + e) in place of f the prior expects the amplitudes a to be a (1 + e), which adds v = Q (a e) to
 * their equations and -t^T v to those of the template's parameters, t being how amplitudes follow the template. So the
 * parameters move by dp = S^-1 (g - R^T v), R = A^-1 B^T, and the amplitudes by A^-1 v - R dp. Where the pixels tell the
 * spectrum they move little; detail that the image does not resolve, distance, shift, and the light of order 2 follow the
 * reference.
 */
final class DoubtfulReference {
    /** Wider differences are left to the smooth factor, px. */
    private static final double CONTINUUM_SIGMA_PX = 24;
    /** Differences beyond this share are noise. */
    private static final double MOST = 0.3;

    private final ForwardFit fit;
    private final ForwardState state;
    private final ParameterStep step;

    /** @param step the equations of the state */
    DoubtfulReference(ForwardFit fit, ForwardState state, ParameterStep step) {
        this.fit = fit;
        this.state = state;
        this.step = step;
    }

    /**
     * A deviation.
     *
     * @param amplitudes that do not follow the parameters, ADU/s per column
     * @param parameters by how much they move
     */
    record Deviation(double[] amplitudes, double[] parameters) {}

    /** The deviation by one doubt about a reference. */
    Deviation by(ReferenceDoubt doubt, ReferenceSpectrum own) {
        ForwardParameters layout = fit.setup().layout;
        Template template = layout.template(state.parameters);
        double[] change = change(doubt, own, template);
        double[] pull = state.prior.apply(change);
        double[] amplitudes = state.factor.solve(pull);
        double[] right = new double[layout.count];
        ExpectedSpectrum expectation = fit.expectation();
        double[][] slope = expectation.slopes(state.amplitudes, template);
        for (int q = 0; q < Template.SIZE; q++) {
            right[layout.distance + q] = -SpectrumPrior.dot(slope[q], pull);
        }
        ParameterPriors priors = fit.setup().priors;
        double[] place = priors.pull(doubt.distanceMm(), doubt.shiftPx());
        for (int q = 0; q < right.length; q++) {
            right[q] += place[q] - SpectrumPrior.dot(step.response()[q], pull);
            right[q] = priors.holds(q) ? 0 : right[q];
        }
        double[] move = new ParameterStep(step.schur(), right, step.response()).move(0);
        if (!priors.fitsWavelengths()) {
            // they are those of the reference
            move[layout.distance] = doubt.distanceMm();
            move[layout.distance + 1] = doubt.shiftPx();
        }
        return new Deviation(amplitudes, move);
    }

    /** By how much amplitudes should differ, ADU/s per column. */
    private double[] change(ReferenceDoubt doubt, ReferenceSpectrum own, Template template) {
        TraceGeometry geometry = fit.geometry(state.parameters);
        int first = fit.setup().window.firstColumn;
        int n = state.amplitudes.length;
        double[] now = own.light(geometry, first, n, template.waterMm());
        double[] then = doubt.other().light(geometry, first, n, template.waterMm());
        double[] ratio = new double[n];
        for (int i = 0; i < n; i++) {
            ratio[i] = now[i] > 0 ? then[i] / now[i] : 1;
        }
        double[] smooth = GaussianFilter.smooth(ratio, CONTINUUM_SIGMA_PX);
        double[] change = new double[n];
        for (int i = 0; i < n; i++) {
            double share = smooth[i] > 0 ? ratio[i] / smooth[i] - 1 : 0;
            change[i] = doubt.share() * state.amplitudes[i] * Math.min(Math.max(share, -MOST), MOST);
        }
        return change;
    }
}
