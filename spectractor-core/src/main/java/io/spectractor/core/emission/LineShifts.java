package io.spectractor.core.emission;

import io.spectractor.core.fit.SymmetricSolver;

/** How far each line lies from where the solution has it, all of them and their light free together. */
final class LineShifts {
    private static final double STEP_PX = 2e-2;
    /** Inverse variance of the prior of a shift, 1/px²: lines that far away are others. */
    private static final double LOOSE = 0.25;

    private final double[] shiftPx;
    private final double[] errorPx;

    /**
     * @param scene whose second parameter is the shift, px
     * @param fit at whose end the lines are looked at
     * @param lambdas of the lines, nm
     */
    LineShifts(LineScene scene, LineFit.Result fit, double[] lambdas) {
        double[] moved = fit.parameters().clone();
        moved[1] += STEP_PX;
        double[][] here = scene.components(fit.parameters(), lambdas);
        double[][] there = scene.components(moved, lambdas);
        int m = here.length;
        int lines = lambdas.length;
        double[][] rows = new double[m + lines][];
        System.arraycopy(here, 0, rows, 0, m);
        for (int k = 0; k < lines; k++) {
            double[] slope = there[k];
            for (int i = 0; i < slope.length; i++) {
                slope[i] = fit.strengths()[k] * (slope[i] - here[k][i]) / STEP_PX;
            }
            rows[m + k] = slope;
        }
        WeightedRows equations = new WeightedRows(rows, scene.weight());
        double[] normal = equations.normal();
        int size = rows.length;
        LineFit.addPriors(scene, normal, size, lines);
        for (int k = m; k < size; k++) {
            normal[k * size + k] += LOOSE;
        }
        double[] left = new double[fit.model().length];
        for (int i = 0; i < left.length; i++) {
            left[i] = scene.data()[i] - fit.model()[i];
        }
        double[] right = new double[size];
        for (int k = 0; k < size; k++) {
            right[k] = equations.dot(k, left);
        }
        double[] pull = LineFit.pull(scene, fit.strengths(), lines);
        for (int k = 0; k < pull.length; k++) {
            right[lines + k] -= pull[k];
        }
        double[] inverse = SymmetricSolver.inverse(normal, size);
        this.shiftPx = new double[lines];
        this.errorPx = new double[lines];
        for (int k = 0; k < lines; k++) {
            double sum = 0;
            for (int l = 0; l < size; l++) {
                sum += inverse[(m + k) * size + l] * right[l];
            }
            shiftPx[k] = sum;
            errorPx[k] = Math.sqrt(inverse[(m + k) * size + m + k] * fit.scale());
        }
    }

    /** Of a line, px. */
    double shiftPx(int k) {
        return shiftPx[k];
    }

    /** 1σ of that, px. */
    double errorPx(int k) {
        return errorPx[k];
    }
}
