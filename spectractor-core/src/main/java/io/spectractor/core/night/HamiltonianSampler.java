package io.spectractor.core.night;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Samples a posterior that is nearly Gaussian, of coordinates that all data share and of blocks of coordinates that some of the
 * data have to themselves: Hamiltonian dynamics in which the Gaussian is followed exactly, which is a rotation of position and
 * momentum, mirrored at walls, and what the posterior has besides it decides whether the step is taken. A step turns the shared
 * coordinates first, then all blocks, each of which is taken or refused by its own data: so many blocks are no harder than few.
 *
 * <p>Positions are in units of the Gaussian: mean 0, covariance 1. Chains run in parallel; every random number depends on seed,
 * chain and step alone, so that the samples are the same to the bit on any number of threads, and a chain can be continued.
 * Immutable.
 *
 * @see "B. Shahbaba, S. Lan, W. O. Johnson, R. M. Neal, Split Hamiltonian Monte Carlo, Statistics and Computing 24, 339 (2014)"
 * @see "A. Pakman, L. Paninski, Exact Hamiltonian Monte Carlo for truncated multivariate Gaussians, J. Comp. Graph. Stat. 23,
 *     518 (2014)"
 */
public final class HamiltonianSampler {
    private static final double QUARTER = Math.PI / 2;
    private static final double FIRST_ANGLE = 1;
    private static final double LEAST = 0.02;
    private static final double WANTED = 0.6;
    /** The smallest turn, of the angle of a chain. */
    private static final double SMALLEST = 0.4;

    /** Momentum of the first turn: chains start further apart than the posterior is wide. */
    private static final double DISPERSION = 1.5;
    /** Angles of a chain: of the shared coordinates, of the blocks. */
    private static final int ANGLES = 2;

    private final long seed;
    private final int chains;
    private final int burnIn;

    /** What is sampled, in units of the Gaussian. */
    public interface Target {
        /** Number of coordinates that all data share; they come first. */
        int shared();

        /** Number of blocks behind them. */
        int blocks();

        /** Coordinates of a block. */
        int perBlock();

        /** A position within all walls. */
        double[] start();

        /** What bounds it. */
        List<ReflectingWall> walls();

        /**
         * Minus twice the logarithm of the posterior at a position, in parts: what depends on the shared coordinates alone, then
         * for each block what depends on it and them. Infinite outside.
         */
        double[] costs(double[] position);
    }

    /**
     * What the chains went through after burn-in.
     *
     * @param positions [step][chain][dimension]
     * @param costs [step][chain]
     * @param accepted turns of the shared coordinates, by chain
     * @param angles that each chain rotates by: two for each chain
     * @param steps taken in all, burn-in not counted
     */
    public record Chains(double[][][] positions, double[][] costs, long[] accepted, double[] angles, int steps) {}

    /**
     * @param seed of all random numbers
     * @param chains number, at least 2
     * @param burnIn steps that are thrown away, in which the angles of rotation are tuned
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
    public Chains sample(Target target, int steps) {
        double[][] from = new double[chains][];
        double[] angles = new double[ANGLES * chains];
        IntStream.range(0, chains).parallel().forEach(c -> {
            Chain chain = new Chain(target, target.start(), new double[] {FIRST_ANGLE, FIRST_ANGLE});
            from[c] = burn(chain, c);
            System.arraycopy(chain.angles, 0, angles, ANGLES * c, ANGLES);
        });
        return run(target, from, angles, 0, steps);
    }

    /** Samples on from where chains of the same target ended. */
    public Chains resume(Target target, double[][] last, double[] angles, int taken, int steps) {
        return run(target, last, angles, taken, steps);
    }

    private double[] burn(Chain chain, int number) {
        chain.disperse(random(number, -1 - burnIn));
        double[] logs = new double[ANGLES];
        double[] sums = new double[ANGLES];
        int counted = 0;
        for (int step = 0; step < burnIn; step++) {
            double[] odds = chain.step(random(number, step - burnIn));
            counted += step >= burnIn / 2 ? 1 : 0;
            for (int i = 0; i < ANGLES; i++) {
                logs[i] += (odds[i] - WANTED) / Math.sqrt(3.0 + step);
                logs[i] = Math.min(Math.log(QUARTER), Math.max(Math.log(LEAST), logs[i]));
                chain.angles[i] = Math.exp(logs[i]);
                // the tuned angle is a mean over the second half: the last one is as noisy as one step
                sums[i] += step >= burnIn / 2 ? logs[i] : 0;
            }
        }
        for (int i = 0; i < ANGLES; i++) {
            chain.angles[i] = Math.exp(sums[i] / counted);
        }
        return chain.at;
    }

    private Chains run(Target target, double[][] from, double[] angles, int taken, int steps) {
        double[][][] positions = new double[steps][chains][];
        double[][] costs = new double[steps][chains];
        long[] accepted = new long[chains];
        IntStream.range(0, chains).parallel().forEach(c -> {
            Chain chain = new Chain(target, from[c], Arrays.copyOfRange(angles, ANGLES * c, ANGLES * (c + 1)));
            for (int step = 0; step < steps; step++) {
                chain.step(random(c, taken + step));
                positions[step][c] = chain.at;
                costs[step][c] = Arrays.stream(chain.costs).sum();
            }
            accepted[c] = chain.accepted;
        });
        return new Chains(positions, costs, accepted, angles.clone(), taken + steps);
    }

    private SplittableRandom random(int chain, int step) {
        // each number is hashed by itself: neighbouring seeds must not lead to the same sequence, one place further
        long ofChain = new SplittableRandom(seed).nextLong() ^ chain;
        long ofStep = new SplittableRandom(ofChain).nextLong() ^ step;
        return new SplittableRandom(new SplittableRandom(ofStep).nextLong());
    }

    /** One chain. */
    private static final class Chain {
        private final Target target;
        private final List<ReflectingWall> walls;
        private final double[] angles;
        private double[] at;
        private double[] costs;
        private long accepted;

        Chain(Target target, double[] at, double[] angles) {
            this.target = target;
            this.walls = target.walls();
            this.angles = angles;
            this.at = at.clone();
            this.costs = target.costs(at);
        }

        /** A quarter turn with more momentum than usual: within all walls, and all over the posterior. */
        void disperse(SplittableRandom random) {
            double[] momentum = momentum(at.length, random);
            for (int i = 0; i < momentum.length; i++) {
                momentum[i] *= DISPERSION;
            }
            double[] to = at.clone();
            if (turn(to, momentum, 0, to.length, QUARTER)) {
                double[] there = target.costs(to);
                if (Arrays.stream(there).sum() < Double.POSITIVE_INFINITY) {
                    at = to;
                    costs = there;
                }
            }
        }

        /** Turns what is shared, then each block; how likely that was to be taken, for the blocks on average. */
        double[] step(SplittableRandom random) {
            double[] momentum = momentum(at.length, random);
            double[] odds = new double[ANGLES];
            int shared = target.shared();
            double[] to = at.clone();
            // turns of different sizes: a chain far out, where the posterior is not a Gaussian, comes back by small
            // ones
            double part = SMALLEST + (1 - SMALLEST) * random.nextDouble();
            if (shared > 0 && turn(to, momentum, 0, shared, part * angles[0])) {
                double[] there = target.costs(to);
                odds[0] = odds(
                        to,
                        0,
                        shared,
                        Arrays.stream(there).sum() - Arrays.stream(costs).sum());
                if (random.nextDouble() < odds[0]) {
                    at = to;
                    costs = there;
                    accepted++;
                }
            }
            if (target.blocks() > 0) {
                odds[1] = blocks(momentum, part * angles[1], random);
            }
            return odds;
        }

        private double blocks(double[] momentum, double angle, SplittableRandom random) {
            int width = target.perBlock();
            int shared = target.shared();
            double[] to = at.clone();
            boolean[] turned = new boolean[target.blocks()];
            for (int k = 0; k < turned.length; k++) {
                int from = shared + k * width;
                turned[k] = turn(to, momentum, from, from + width, angle);
            }
            double[] there = target.costs(to);
            double[] next = at.clone();
            double[] nextCosts = costs.clone();
            double sum = 0;
            for (int k = 0; k < turned.length; k++) {
                int from = shared + k * width;
                double odds = turned[k] ? odds(to, from, from + width, there[1 + k] - costs[1 + k]) : 0;
                sum += odds;
                if (random.nextDouble() < odds) {
                    System.arraycopy(to, from, next, from, width);
                    nextCosts[1 + k] = there[1 + k];
                }
            }
            at = next;
            costs = nextCosts;
            return sum / turned.length;
        }

        /** The Gaussian part is kept by the rotation: only what the posterior has besides it decides. */
        private double odds(double[] to, int first, int last, double rise) {
            double gaussian = 0;
            for (int i = first; i < last; i++) {
                gaussian += to[i] * to[i] - at[i] * at[i];
            }
            double odds = Math.exp(-0.5 * (rise - gaussian));
            return odds >= 0 ? Math.min(1, odds) : 0;
        }

        private static double[] momentum(int dimension, SplittableRandom random) {
            double[] momentum = new double[dimension];
            for (int i = 0; i < dimension; i++) {
                momentum[i] = random.nextGaussian();
            }
            return momentum;
        }

        /** Rotates some coordinates of position and momentum, mirrored at walls; false if that takes too many. */
        private boolean turn(double[] position, double[] momentum, int first, int last, double angle) {
            double left = angle;
            for (int bounce = 0; bounce <= 100 + 10 * walls.size(); bounce++) {
                ReflectingWall next = null;
                double when = left;
                for (ReflectingWall wall : walls) {
                    double hit = wall.hit(position, momentum, first, last);
                    if (hit < when) {
                        when = hit;
                        next = wall;
                    }
                }
                double cos = Math.cos(when);
                double sin = Math.sin(when);
                for (int i = first; i < last; i++) {
                    double x = position[i];
                    position[i] = cos * x + sin * momentum[i];
                    momentum[i] = cos * momentum[i] - sin * x;
                }
                if (next == null) {
                    return true;
                }
                left -= when;
                next.mirror(position, momentum, first, last);
            }
            return false;
        }
    }
}
