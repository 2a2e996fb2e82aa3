package io.spectractor.core.night;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Samples a posterior that is nearly Gaussian: Hamiltonian dynamics with the Gaussian part of the potential followed
 * exactly, which is a rotation of position and momentum, and the rest left to the step of acceptance. Positions are in units
 * of the Gaussian: mean 0, covariance 1. Chains run in parallel; every random number depends on seed, chain and step alone,
 * so that the samples are the same to the bit on any number of threads, and a chain can be continued. Immutable.
 *
 * @see "B. Shahbaba, S. Lan, W. O. Johnson, R. M. Neal, Split Hamiltonian Monte Carlo, Statistics and Computing 24, 339 (2014)"
 */
public final class HamiltonianSampler {
    private static final double FIRST_ANGLE = 1.2;
    private static final double MOST = Math.PI / 2;
    private static final double LEAST = 0.02;
    private static final double WANTED = 0.7;
    private static final double DISPERSION = 1.5;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final int chains;
    private final int burnIn;

    /** What is sampled. */
    @FunctionalInterface
    public interface Target {
        /** Minus twice the logarithm of the posterior at a position in units of the Gaussian; infinite outside. */
        double cost(double[] position);
    }

    /**
     * What the chains went through after burn-in.
     *
     * @param positions [step][chain][dimension]
     * @param costs [step][chain]
     * @param accepted steps of each chain
     * @param angles that each chain rotates by
     * @param steps taken in all, burn-in not counted
     */
    public record Chains(double[][][] positions, double[][] costs, long[] accepted, double[] angles, int steps) {}

    /**
     * @param seed of all random numbers
     * @param chains number, at least 2
     * @param burnIn steps that are thrown away, in which the angle of rotation is tuned
     */
    public HamiltonianSampler(long seed, int chains, int burnIn) {
        if (chains < 2 || burnIn < 1) {
            throw new IllegalArgumentException("sampling needs 2 chains or more and a burn-in");
        }
        this.seed = seed;
        this.chains = chains;
        this.burnIn = burnIn;
    }

    /** Samples from the start. */
    public Chains sample(Target target, int dimension, int steps) {
        double[][] from = new double[chains][];
        double[] angles = new double[chains];
        IntStream.range(0, chains).parallel().forEach(c -> {
            double[] at = start(target, dimension, c);
            double[] angle = {FIRST_ANGLE};
            from[c] = burn(target, c, at, angle);
            angles[c] = angle[0];
        });
        return run(target, from, angles, 0, steps);
    }

    /** Samples on from where chains of the same target ended. */
    public Chains resume(Target target, double[][] last, double[] angles, int taken, int steps) {
        return run(target, last, angles, taken, steps);
    }

    private double[] start(Target target, int dimension, int chain) {
        double spread = DISPERSION;
        for (int attempt = 0; ; attempt++) {
            SplittableRandom random = random(chain, -1 - burnIn - attempt);
            double[] at = new double[dimension];
            for (int i = 0; i < dimension; i++) {
                at[i] = spread * random.nextGaussian();
            }
            if (target.cost(at) < Double.POSITIVE_INFINITY) {
                return at;
            }
            spread *= 0.9;
        }
    }

    private double[] burn(Target target, int chain, double[] start, double[] angle) {
        double[] at = start;
        double cost = target.cost(at);
        for (int step = 0; step < burnIn; step++) {
            SplittableRandom random = random(chain, step - burnIn);
            double[] to = turned(at, angle[0], random);
            double there = target.cost(to);
            double odds = odds(at, cost, to, there);
            if (random.nextDouble() < odds) {
                at = to;
                cost = there;
            }
            double rate = 1 / Math.sqrt(1.0 + step);
            angle[0] = Math.min(MOST, Math.max(LEAST, angle[0] * Math.exp(rate * (Math.min(1, odds) - WANTED))));
        }
        return at;
    }

    private Chains run(Target target, double[][] from, double[] angles, int taken, int steps) {
        double[][][] positions = new double[steps][chains][];
        double[][] costs = new double[steps][chains];
        long[] accepted = new long[chains];
        IntStream.range(0, chains).parallel().forEach(c -> {
            double[] at = from[c].clone();
            double cost = target.cost(at);
            for (int step = 0; step < steps; step++) {
                SplittableRandom random = random(c, taken + step);
                double[] to = turned(at, angles[c], random);
                double there = target.cost(to);
                if (random.nextDouble() < odds(at, cost, to, there)) {
                    at = to;
                    cost = there;
                    accepted[c]++;
                }
                positions[step][c] = at;
                costs[step][c] = cost;
            }
        });
        return new Chains(positions, costs, accepted, angles.clone(), taken + steps);
    }

    private SplittableRandom random(int chain, int step) {
        long mixed = (seed * GOLDEN) ^ (chain * 0xD1B54A32D192ED03L) ^ (step * 0x8CB92BA72F3D8DD7L);
        return new SplittableRandom(mixed);
    }

    private static double[] turned(double[] at, double angle, SplittableRandom random) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double[] to = new double[at.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = cos * at[i] + sin * random.nextGaussian();
        }
        return to;
    }

    /** The Gaussian part is kept by the rotation: only what the posterior has besides it decides. */
    private static double odds(double[] at, double cost, double[] to, double there) {
        if (!(there < Double.POSITIVE_INFINITY)) {
            return 0;
        }
        return Math.exp(-0.5 * (there - square(to) - (cost - square(at))));
    }

    private static double square(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return sum;
    }
}
