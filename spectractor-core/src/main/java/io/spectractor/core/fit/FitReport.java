package io.spectractor.core.fit;

import io.spectractor.core.fit.LeastSquaresFit.Termination;

/** Turns the last point of a search into a result: which parameters were free, their covariance by QR. */
final class FitReport {
    /** A column of which less than this fraction is new counts as a combination of the columns before it. */
    private static final double LEAST_INDEPENDENCE = 1e-10;

    private FitReport() {}

    static LeastSquaresFit of(NormalEquations at, int data, BoundedStep stepper, int iterations, Termination end) {
        int n = at.n;
        boolean[] atBound = new boolean[n];
        boolean[] undetermined = new boolean[n];
        int[] free = new int[n];
        int m = 0;
        for (int i = 0; i < n; i++) {
            atBound[i] = stepper.held(at, i);
            undetermined[i] = !atBound[i] && !(at.diagonal(i) > 0);
            if (!atBound[i] && !undetermined[i]) {
                free[m++] = i;
            }
        }
        RowQr qr = decompose(at, free, m);
        int kept = dropDependent(qr, free, m, undetermined);
        while (kept < m) {
            m = kept;
            qr = decompose(at, free, m);
            kept = dropDependent(qr, free, m, undetermined);
        }
        double[] covariance = new double[n * n];
        double[] small = qr.inverseOfNormalMatrix();
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                double units = Math.sqrt(at.diagonal(free[a]) * at.diagonal(free[b]));
                covariance[free[a] * n + free[b]] = small[a * m + b] / units;
            }
        }
        boolean converged = end != Termination.MAX_ITERATIONS && end != Termination.STALLED;
        return new LeastSquaresFit(
                at.parameters.clone(),
                covariance,
                2 * at.cost,
                data - m,
                iterations,
                converged,
                atBound,
                undetermined,
                end);
    }

    private static RowQr decompose(NormalEquations at, int[] free, int m) {
        RowQr qr = new RowQr(m);
        double[] row = new double[m];
        double[] unit = new double[m];
        for (int a = 0; a < m; a++) {
            unit[a] = 1 / Math.sqrt(at.diagonal(free[a]));
        }
        for (int i = 0; i < at.residuals.length; i++) {
            for (int a = 0; a < m; a++) {
                row[a] = at.jacobian[i * at.n + free[a]] * unit[a];
            }
            qr.add(row, 0, at.residuals[i], 1);
        }
        return qr;
    }

    /** Marks the first dependent column and takes it out of the list; returns the new length. */
    private static int dropDependent(RowQr qr, int[] free, int m, boolean[] undetermined) {
        for (int a = 0; a < m; a++) {
            if (qr.independence(a) < LEAST_INDEPENDENCE) {
                undetermined[free[a]] = true;
                System.arraycopy(free, a + 1, free, a, m - a - 1);
                return m - 1;
            }
        }
        return m;
    }
}
