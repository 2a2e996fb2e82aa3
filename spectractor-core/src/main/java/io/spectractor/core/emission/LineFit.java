package io.spectractor.core.emission;

import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.SymmetricSolver;

/** Fits strengths and parameters of a scene together, by Gauss-Newton steps. */
final class LineFit {
    private static final double ENOUGH = 0.5;
    private static final double SHORTEST = 0.05;

    private final LineScene scene;
    private final double[] lambdas;
    private final Deadline deadline;

    LineFit(LineScene scene, double[] lambdas, Deadline deadline) {
        this.scene = scene;
        this.lambdas = lambdas;
        this.deadline = deadline;
    }

    /**
     * A fit.
     *
     * @param parameters places and shapes
     * @param strengths of the components
     * @param covariance of strengths and parameters together, by rows, not scaled by χ²
     * @param components at unit strength
     * @param model sum of the components
     * @param chi2 of the values, without priors
     * @param freedom values that count less free numbers
     */
    record Result(
            double[] parameters,
            double[] strengths,
            double[] covariance,
            double[][] components,
            double[] model,
            double chi2,
            int freedom) {
        int size() {
            return strengths.length + parameters.length;
        }

        /** Covariance of two numbers, strengths first. */
        double covariance(int i, int j) {
            return covariance[i * size() + j];
        }

        /** Variance of the values over what their errors say, at least 1. */
        double scale() {
            return Math.max(1, chi2 / freedom);
        }
    }

    /** The best strengths at given parameters. */
    Result strengths(double[] parameters) {
        return fit(parameters, 0);
    }

    /** The best of all. */
    Result fit(double[] start, int steps) {
        double[] p = start.clone();
        State now = new State(p);
        for (int step = 0; step < steps; step++) {
            deadline.check();
            double[] move = now.move();
            State next = null;
            for (double length = 1; length >= SHORTEST && next == null; length /= 3) {
                double[] q = p.clone();
                for (int k = 0; k < q.length; k++) {
                    q[k] += length * move[k];
                }
                State tried = new State(q);
                next = tried.cost < now.cost ? tried : null;
            }
            if (next == null) {
                break;
            }
            double gain = now.cost - next.cost;
            now = next;
            p = next.p;
            if (gain < ENOUGH) {
                break;
            }
        }
        return now.result(steps > 0);
    }

    /** Strengths at parameters, and what they leave. */
    private final class State {
        private final double[] p;
        private final double[][] components;
        private final double[] strengths;
        private final double[] model;
        private final double chi2;
        private final double cost;

        State(double[] p) {
            this.p = p;
            this.components = scene.components(p, lambdas);
            int m = components.length;
            double[] normal = new WeightedRows(components, scene.weight()).normal();
            double[] right = new double[m];
            for (int k = 0; k < m; k++) {
                right[k] = dot(components[k], scene.data());
            }
            addPriors(normal, m);
            this.strengths = SymmetricSolver.solve(normal, right);
            this.model = sum(components, strengths);
            double square = 0;
            for (int i = 0; i < model.length; i++) {
                double r = scene.data()[i] - model[i];
                square += scene.weight()[i] * r * r;
            }
            this.chi2 = square;
            double prior = 0;
            for (int k = 0; k < p.length; k++) {
                double u = scene.sigmas()[k] > 0 ? (p[k] - scene.means()[k]) / scene.sigmas()[k] : 0;
                prior += u * u;
            }
            double[] pull = pull(scene, strengths, lambdas.length);
            for (int k = 0; k < pull.length; k++) {
                prior += strengths[lambdas.length + k] * pull[k];
            }
            this.cost = square + prior;
        }

        private double[][] all() {
            int m = components.length;
            double[][] all = new double[m + p.length][];
            System.arraycopy(components, 0, all, 0, m);
            double[][] slopes = scene.slopes(p, lambdas, strengths);
            for (int k = 0; k < p.length; k++) {
                all[m + k] = scene.sigmas()[k] > 0 ? slopes[k] : new double[model.length];
            }
            return all;
        }

        private double[] equations(double[][] all) {
            int size = all.length;
            double[] normal = new WeightedRows(all, scene.weight()).normal();
            addPriors(normal, size);
            for (int k = 0; k < p.length; k++) {
                int at = components.length + k;
                double sigma = scene.sigmas()[k];
                normal[at * size + at] += sigma > 0 ? 1 / (sigma * sigma) : 1;
            }
            return normal;
        }

        double[] move() {
            double[][] all = all();
            int m = components.length;
            double[] right = new double[all.length];
            double[] left = new double[model.length];
            for (int i = 0; i < left.length; i++) {
                left[i] = scene.data()[i] - model[i];
            }
            for (int k = 0; k < all.length; k++) {
                right[k] = dot(all[k], left);
            }
            double[] pull = pull(scene, strengths, lambdas.length);
            for (int k = 0; k < pull.length; k++) {
                right[lambdas.length + k] -= pull[k];
            }
            for (int k = 0; k < p.length; k++) {
                double sigma = scene.sigmas()[k];
                right[m + k] += sigma > 0 ? (scene.means()[k] - p[k]) / (sigma * sigma) : 0;
            }
            double[] solved = SymmetricSolver.solve(equations(all), right);
            double[] move = new double[p.length];
            System.arraycopy(solved, m, move, 0, move.length);
            return move;
        }

        Result result(boolean free) {
            double[][] all = free ? all() : components;
            int used = 0;
            for (double w : scene.weight()) {
                used += w > 0 ? 1 : 0;
            }
            int size = components.length + p.length;
            double[] covariance = new double[size * size];
            if (free) {
                covariance = SymmetricSolver.inverse(equations(all), size);
            } else {
                double[] normal = new WeightedRows(components, scene.weight()).normal();
                addPriors(normal, components.length);
                double[] inverse = SymmetricSolver.inverse(normal, components.length);
                for (int k = 0; k < components.length; k++) {
                    System.arraycopy(inverse, k * components.length, covariance, k * size, components.length);
                }
            }
            return new Result(p, strengths, covariance, components, model, chi2, Math.max(1, used - size));
        }
    }

    private void addPriors(double[] normal, int size) {
        addPriors(scene, normal, size, lambdas.length);
    }

    /**
     * Adds the priors of strengths to their normal equations.
     *
     * @param size of the equations, lines first
     */
    static void addPriors(LineScene scene, double[] normal, int size, int lines) {
        double least = 1 / (scene.looseness() * scene.looseness());
        for (int k = 0; k < size; k++) {
            normal[k * size + k] += least;
        }
        double[] penalty = scene.penalty();
        int parts = (int) Math.round(Math.sqrt(penalty.length));
        for (int k = 0; k < parts; k++) {
            for (int l = 0; l < parts; l++) {
                normal[(lines + k) * size + lines + l] += penalty[k * parts + l];
            }
        }
    }

    /** Half the slope of the penalty by each of the strengths of what lies below the lines. */
    static double[] pull(LineScene scene, double[] strengths, int lines) {
        double[] penalty = scene.penalty();
        int parts = (int) Math.round(Math.sqrt(penalty.length));
        double[] pull = new double[parts];
        for (int k = 0; k < parts; k++) {
            for (int l = 0; l < parts; l++) {
                pull[k] += penalty[k * parts + l] * strengths[lines + l];
            }
        }
        return pull;
    }

    private double dot(double[] row, double[] values) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            if (row[i] != 0) {
                sum += scene.weight()[i] * row[i] * values[i];
            }
        }
        return sum;
    }

    /** Sum of components times their strengths. */
    static double[] sum(double[][] components, double[] strengths) {
        double[] out = new double[components[0].length];
        for (int k = 0; k < components.length; k++) {
            for (int i = 0; i < out.length; i++) {
                out[i] += strengths[k] * components[k][i];
            }
        }
        return out;
    }
}
