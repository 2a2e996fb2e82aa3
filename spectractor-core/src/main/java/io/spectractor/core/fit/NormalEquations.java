package io.spectractor.core.fit;

import java.util.Arrays;

/** A point of the search with its residuals, Jacobian J, gradient J^T r and matrix J^T J. Buffers are reused. */
final class NormalEquations {
    final int n;
    final double[] parameters;
    final double[] residuals;
    final double[] jacobian;
    final double[] gradient;
    final double[] matrix;
    double cost;

    NormalEquations(int parameterCount, int residualCount) {
        this.n = parameterCount;
        this.parameters = new double[n];
        this.residuals = new double[residualCount];
        this.jacobian = new double[Math.multiplyExact(residualCount, n)];
        this.gradient = new double[n];
        this.matrix = new double[n * n];
    }

    /** Residuals and half their sum of squares; with the Jacobian if asked. Returns whether the cost is finite. */
    boolean evaluate(LeastSquaresProblem problem, boolean withJacobian) {
        problem.evaluate(parameters, residuals, withJacobian ? jacobian : null);
        double sum = 0;
        for (double r : residuals) {
            sum += r * r;
        }
        cost = 0.5 * sum;
        return cost < Double.POSITIVE_INFINITY;
    }

    /** Gradient and matrix from residuals and Jacobian. Returns whether all are finite. */
    boolean assemble() {
        Arrays.fill(gradient, 0);
        Arrays.fill(matrix, 0);
        int i = 0;
        for (; i + 3 < residuals.length; i += 4) {
            addFour(i);
        }
        for (; i < residuals.length; i++) {
            addOne(i);
        }
        boolean finite = true;
        for (int a = 0; a < n; a++) {
            finite &= Double.isFinite(gradient[a]) && Double.isFinite(matrix[a * n + a]);
            for (int b = 0; b < a; b++) {
                matrix[b * n + a] = matrix[a * n + b];
            }
        }
        return finite;
    }

    /** Four rows at a time, so that sums are loaded and stored once for all of them. */
    private void addFour(int i) {
        int p = i * n;
        int q = p + n;
        int s = q + n;
        int t = s + n;
        for (int a = 0; a < n; a++) {
            double ja = jacobian[p + a];
            double jb = jacobian[q + a];
            double jc = jacobian[s + a];
            double jd = jacobian[t + a];
            gradient[a] += ja * residuals[i] + jb * residuals[i + 1] + jc * residuals[i + 2] + jd * residuals[i + 3];
            int out = a * n;
            for (int b = 0; b <= a; b++) {
                matrix[out + b] +=
                        ja * jacobian[p + b] + jb * jacobian[q + b] + jc * jacobian[s + b] + jd * jacobian[t + b];
            }
        }
    }

    private void addOne(int i) {
        int row = i * n;
        for (int a = 0; a < n; a++) {
            double ja = jacobian[row + a];
            gradient[a] += ja * residuals[i];
            int out = a * n;
            for (int b = 0; b <= a; b++) {
                matrix[out + b] += ja * jacobian[row + b];
            }
        }
    }

    double diagonal(int i) {
        return matrix[i * n + i];
    }

    /** By how much the linear model of the residuals lowers the cost for a step. */
    double forecast(double[] step) {
        double sum = 0;
        for (int a = 0; a < n; a++) {
            double row = 0;
            for (int b = 0; b < n; b++) {
                row += matrix[a * n + b] * step[b];
            }
            sum -= step[a] * (gradient[a] + 0.5 * row);
        }
        return sum;
    }
}
