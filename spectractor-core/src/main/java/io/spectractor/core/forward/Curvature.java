package io.spectractor.core.forward;

import io.spectractor.core.fit.EnvelopeCholesky;
import io.spectractor.core.forward.equations.ExpectedSpectrum;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.forward.equations.ParameterSums;
import io.spectractor.core.forward.equations.SpectrumPrior;
import io.spectractor.core.forward.equations.Template;

/**
 * What a step needs of the pixels, before the priors of the parameters; the amplitudes are eliminated.
 *
 * @param at the factor of the state that the gradient belongs to, which no other state has
 * @param whole whether the other sums belong to that state too
 * @param pixels sums over pixels alone
 */
record Curvature(
        EnvelopeCholesky at,
        boolean whole,
        ParameterSums pixels,
        double[] matrix,
        double[] gradient,
        double[][] response) {

    boolean isAt(ForwardState s) {
        return at == s.factor;
    }

    /** All sums at a state, whose stamps are evaluated and whose factor is that of its own equations. */
    static Curvature of(ForwardFit fit, ForwardState s) {
        return of(fit, s, fit.model().sums(s.amplitudes, s.parameters, fit.lightSlopes(s), fit.weight(), s.residual));
    }

    /**
     * With the sums over pixels of a state near by, whose gradient it has. What the expectation of the spectrum adds is that of
     * the state itself: in sharp lines it changes fast.
     */
    Curvature near(ForwardFit fit, ForwardState s) {
        return of(fit, s, pixels);
    }

    private static Curvature of(ForwardFit fit, ForwardState s, ParameterSums pixels) {
        ParameterSums sums = pixels.copy();
        addTemplate(fit, s, sums);
        int m = sums.count;
        double[][] response = s.factor.solve(sums.cross);
        for (int q = 0; q < m; q++) {
            for (int r = 0; r < m; r++) {
                sums.matrix[q * m + r] -= SpectrumPrior.dot(sums.cross[q], response[r]);
            }
        }
        return new Curvature(s.factor, true, pixels, sums.matrix, sums.gradient, response);
    }

    /** The same with the gradient at another state, whose stamps are evaluated. */
    Curvature turnedTo(ForwardFit fit, ForwardState s) {
        double[] weighted = ForwardResiduals.product(fit.weight(), s.residual);
        double[] there = fit.model().gradient(s.amplitudes, s.parameters, fit.lightSlopes(s), weighted);
        ExpectedSpectrum expectation = fit.expectation();
        if (expectation.hasReference()) {
            ForwardParameters layout = fit.setup().layout;
            double[][] slope = expectation.slopes(s.amplitudes, layout.template(s.parameters));
            double[] pull = s.prior.apply(s.prior.deviation(s.amplitudes));
            for (int q = 0; q < Template.SIZE; q++) {
                there[layout.distance + q] += SpectrumPrior.dot(slope[q], pull);
            }
        }
        return new Curvature(s.factor, false, pixels, matrix, there, response);
    }

    /** The template moves the expectation, and with it the amplitudes. */
    private static void addTemplate(ForwardFit fit, ForwardState s, ParameterSums sums) {
        ExpectedSpectrum expectation = fit.expectation();
        if (!expectation.hasReference()) {
            return;
        }
        ForwardParameters layout = fit.setup().layout;
        double[][] slope = expectation.slopes(s.amplitudes, layout.template(s.parameters));
        double[] pull = s.prior.apply(s.prior.deviation(s.amplitudes));
        for (int q = 0; q < Template.SIZE; q++) {
            double[] u = s.prior.apply(slope[q]);
            int at = layout.distance + q;
            sums.gradient[at] += SpectrumPrior.dot(slope[q], pull);
            for (int r = 0; r < Template.SIZE; r++) {
                sums.matrix[at * layout.count + layout.distance + r] += SpectrumPrior.dot(u, slope[r]);
            }
            for (int i = 0; i < u.length; i++) {
                sums.cross[at][i] -= u[i];
            }
        }
    }
}
