package io.spectractor.core.fit;

/**
 * The result of a least-squares fit.
 *
 * @param parameters best values
 * @param covariance p x p by rows, (J^T J)^-1 at the best values: the errors given with the data are taken as they are.
 *     Rows and columns of parameters at a bound or undetermined are 0; the rest is conditional on those
 * @param chi2 sum of the squared residuals
 * @param degreesOfFreedom data minus parameters that were neither at a bound nor undetermined
 * @param iterations trial steps
 * @param converged whether a convergence test was met
 * @param atBound which parameters are held by a bound (the fit would improve beyond it), or fixed
 * @param undetermined which parameters the data don't constrain: no residual depends on them, or their effect equals
 *     that of parameters before them
 * @param termination why the fit ended
 */
public record LeastSquaresFit(
        double[] parameters,
        double[] covariance,
        double chi2,
        int degreesOfFreedom,
        int iterations,
        boolean converged,
        boolean[] atBound,
        boolean[] undetermined,
        Termination termination) {

    /** Why a fit ended. */
    public enum Termination {
        /** The residuals are orthogonal to every free direction. */
        GRADIENT,
        /** Neither a step nor its forecast lowers chi2 any more. */
        COST,
        /** The step is tiny beside the parameters. */
        STEP,
        /** The allowed number of iterations was used. */
        MAX_ITERATIONS,
        /** No step gives finite residuals, or none improves at any damping. */
        STALLED
    }

    /** Standard error of parameter i, 0 if it is at a bound or undetermined. */
    public double error(int i) {
        return Math.sqrt(covariance[i * parameters.length + i]);
    }

    /** chi2 per degree of freedom; NaN without any. */
    public double reducedChi2() {
        return degreesOfFreedom > 0 ? chi2 / degreesOfFreedom : Double.NaN;
    }
}
