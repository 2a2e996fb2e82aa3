package io.spectractor.core.forward.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spectractor.core.fit.EnvelopeMatrix;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

/** Against the definitions, with full matrices. */
class PixelEquationsTest {
    private static final int N = 8;
    private static final int PIXELS = 40;

    private final Random random = new Random(5);
    private final RealMatrix m = new Array2DRowRealMatrix(IntStream.range(0, PIXELS)
            .mapToObj(i -> random.doubles(N).toArray())
            .toArray(double[][]::new));
    private final RealVector d = new ArrayRealVector(random.doubles(PIXELS).toArray());
    private final RealMatrix w =
            MatrixUtils.createRealDiagonalMatrix(random.doubles(PIXELS, 1, 3).toArray());
    private final double[] inverseScale = random.doubles(N, 0.5, 2).toArray();
    private final double[] expected = random.doubles(N).toArray();

    private SpectrumPrior prior(double precision) {
        return new SpectrumPrior(
                expected,
                inverseScale,
                new Random(6).doubles(N - 2, precision, 2 * precision).toArray());
    }

    private PixelEquations equations() {
        RealMatrix normal = m.transpose().multiply(w).multiply(m);
        double[] flat = new double[N * N];
        for (int i = 0; i < N; i++) {
            System.arraycopy(normal.getRow(i), 0, flat, i * N, N);
        }
        RealVector wd = w.operate(d);
        int[] order = IntStream.range(0, N).toArray();
        return new PixelEquations(
                EnvelopeMatrix.of(flat, order, SpectrumPrior.REACH),
                m.transpose().operate(wd).toArray(),
                wd.dotProduct(d),
                PIXELS);
    }

    private static RealMatrix matrix(SpectrumPrior prior) {
        double[] flat = new double[N * N];
        prior.addTo(flat);
        RealMatrix q = new Array2DRowRealMatrix(N, N);
        for (int i = 0; i < N; i++) {
            q.setRow(i, java.util.Arrays.copyOfRange(flat, i * N, (i + 1) * N));
        }
        return q;
    }

    @Test
    void crossValidationIsThatOfTheInfluenceMatrix() {
        PixelEquations equations = equations();
        EnvelopeMatrix work = equations.matrix().copy();
        for (double precision : new double[] {0.01, 1, 100}) {
            SpectrumPrior prior = prior(precision);
            RealMatrix q = matrix(prior);
            RealMatrix inverse = new LUDecomposition(
                            m.transpose().multiply(w).multiply(m).add(q))
                    .getSolver()
                    .getInverse();
            RealMatrix influence = m.multiply(inverse).multiply(m.transpose()).multiply(w);
            RealVector a = inverse.operate(
                    m.transpose().operate(w.operate(d)).add(q.operate(new ArrayRealVector(prior.expected()))));
            RealVector r = d.subtract(m.operate(a));
            double gcv = r.dotProduct(w.operate(r)) / Math.pow(PIXELS - influence.getTrace(), 2);

            assertThat(equations.crossValidation(prior, work)).isCloseTo(PIXELS * Math.log(gcv), within(1e-9));
        }
    }

    /** The evidence of Gaussian pixels: with a prior that is almost flat along the straight lines, up to a constant. */
    @Test
    void likelihoodIsThatOfGaussianPixels() {
        PixelEquations equations = equations();
        EnvelopeMatrix work = equations.matrix().copy();

        // one after the other in the same arrays
        assertThat(equations.likelihood(prior(1), work, 1) - equations.likelihood(prior(50), work, 1))
                .isCloseTo(evidence(1, 1) - evidence(50, 1), within(1e-4));
    }

    /** Pixels with four times their variance: a prior of four times the precision gives the same amplitudes. */
    @Test
    void likelihoodKnowsOfPixelsThatDeviateByMoreThanTheirNoise() {
        PixelEquations equations = equations();
        EnvelopeMatrix work = equations.matrix().copy();

        assertThat(equations.likelihood(prior(4), work, 4) - equations.likelihood(prior(200), work, 4))
                .isCloseTo(evidence(1, 4) - evidence(50, 4), within(1e-4));
    }

    private double evidence(double precision, double variance) {
        SpectrumPrior prior = prior(precision);
        RealMatrix q = matrix(prior);
        // straight lines cost nothing: a little, so that the prior has a covariance
        double little = 1e-9;
        RealMatrix covariance = new LUDecomposition(
                        q.add(MatrixUtils.createRealIdentityMatrix(N).scalarMultiply(little)))
                .getSolver()
                .getInverse();
        RealMatrix seen = m.multiply(covariance)
                .multiply(m.transpose())
                .add(new LUDecomposition(w).getSolver().getInverse().scalarMultiply(variance));
        RealVector r = d.subtract(m.operate(new ArrayRealVector(prior.expected())));
        LUDecomposition lu = new LUDecomposition(seen);
        return r.dotProduct(lu.getSolver().solve(r)) + Math.log(lu.getDeterminant());
    }
}
