package io.spectractor.core.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cholesky, QR, linear least squares, Legendre polynomials and polynomials in two dimensions. */
class LinearAlgebraTest {
    @Test
    void choleskySolvesAndInverts() {
        // lower triangle counts only; A = L L^T with L = {{2}, {1, 3}, {-1, 2, 1}}
        double[] a = {4, 99, 99, 2, 10, 99, -2, 5, 6};
        SymmetricSolver solver = SymmetricSolver.factor(a, 3);
        assertThat(solver.logDeterminant()).isCloseTo(2 * Math.log(6), within(1e-14));
        // A (1, -2, 3) = (4 - 4 - 6, 2 - 20 + 15, -2 - 10 + 18)
        double[] x = solver.solve(new double[] {-6, -3, 6});
        assertThat(x).containsExactly(new double[] {1, -2, 3}, within(1e-13));
        double[] inverse = solver.inverse();
        double[] full = {4, 2, -2, 2, 10, 5, -2, 5, 6};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += full[i * 3 + k] * inverse[k * 3 + j];
                }
                assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-13));
                assertThat(inverse[i * 3 + j]).isEqualTo(inverse[j * 3 + i]);
            }
        }
        assertThat(a).as("the argument").containsExactly(4, 99, 99, 2, 10, 99, -2, 5, 6);
    }

    @Test
    void whatIsNotPositiveDefiniteIsRefused() {
        for (double[] bad : new double[][] {{1, 2, 2, 1}, {1, 1, 1, 1}, {0, 0, 0, 1}, {1, 0, 0, Double.NaN}}) {
            assertThatThrownBy(() -> SymmetricSolver.factor(bad, 2))
                    .isInstanceOfSatisfying(
                            FitException.class,
                            e -> assertThat(e.reason()).isEqualTo(FitException.Reason.NOT_POSITIVE_DEFINITE));
        }
        assertThatThrownBy(() -> SymmetricSolver.factor(new double[3], 2)).isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * An ill-conditioned problem, Wampler1 of NIST StRD: y = 1 + x + ... + x^5 at x = 0..20, certified coefficients all 1,
     * residual 0.
     *
     * @see <a href="https://www.itl.nist.gov/div898/strd/lls/data/Wampler1.shtml">NIST StRD, Wampler1</a>
     */
    @Test
    void wamplersPolynomialIsRecovered() {
        LinearLeastSquares sums = new LinearLeastSquares(6);
        for (int x = 0; x <= 20; x++) {
            double[] row = new double[6];
            double y = 0;
            double power = 1;
            for (int k = 0; k < 6; k++) {
                row[k] = power;
                y += power;
                power *= x;
            }
            sums.add(row, y, 1);
        }
        LinearFit fit = sums.fit();
        for (double c : fit.coefficients()) {
            assertThat(c).isCloseTo(1, within(1e-8));
        }
        assertThat(fit.degreesOfFreedom()).isEqualTo(15);
        assertThat(Math.sqrt(fit.chi2())).isLessThan(1e-7);
    }

    @Test
    void weightedLineAgreesWithTheTextbook() {
        // more data than one block of the QR, weights of two kinds
        Random random = new Random(5);
        int n = 150;
        double[] design = new double[2 * n];
        double[] y = new double[n];
        double[] w = new double[n];
        double s = 0;
        double sx = 0;
        double sxx = 0;
        double sy = 0;
        double sxy = 0;
        for (int i = 0; i < n; i++) {
            double x = 0.1 * i;
            y[i] = 3 - 2 * x + random.nextGaussian();
            w[i] = i % 7 == 0 ? 0 : i % 2 == 0 ? 4 : 0.25;
            design[2 * i] = 1;
            design[2 * i + 1] = x;
            s += w[i];
            sx += w[i] * x;
            sxx += w[i] * x * x;
            sy += w[i] * y[i];
            sxy += w[i] * x * y[i];
        }
        y[7] = Double.NaN; // of weight 0
        double det = s * sxx - sx * sx;
        LinearFit fit = LinearLeastSquares.fit(design, y, w);
        assertThat(fit.coefficients()[0]).isCloseTo((sxx * sy - sx * sxy) / det, within(1e-11));
        assertThat(fit.coefficients()[1]).isCloseTo((s * sxy - sx * sy) / det, within(1e-11));
        assertThat(fit.covariance()[0]).isCloseTo(sxx / det, within(1e-13));
        assertThat(fit.covariance()[1]).isCloseTo(-sx / det, within(1e-13));
        assertThat(fit.error(1)).isCloseTo(Math.sqrt(s / det), within(1e-13));
        double chi2 = 0;
        for (int i = 0; i < n; i++) {
            double r = y[i] - fit.coefficients()[0] - fit.coefficients()[1] * design[2 * i + 1];
            chi2 += w[i] > 0 ? w[i] * r * r : 0;
        }
        assertThat(fit.chi2()).isCloseTo(chi2, within(1e-10 * chi2));
        assertThat(fit.degreesOfFreedom()).isEqualTo(n - 22 - 2);
    }

    @Test
    void undeterminedAndUnusableDataAreRefused() {
        LinearLeastSquares twice = new LinearLeastSquares(2);
        for (int i = 0; i < 5; i++) {
            twice.add(new double[] {1, 3}, i, 1);
        }
        assertThatThrownBy(twice::fit)
                .isInstanceOfSatisfying(
                        FitException.class, e -> assertThat(e.reason()).isEqualTo(FitException.Reason.NOT_ENOUGH_DATA))
                .hasMessageContaining("coefficient 1");
        LinearLeastSquares few = new LinearLeastSquares(2);
        few.add(new double[] {1, 3}, 1, 1);
        assertThatThrownBy(few::fit).isInstanceOf(FitException.class);
        assertThatThrownBy(() -> few.add(new double[] {1, 3}, Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> few.add(new double[] {1, 3}, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void legendrePolynomials() {
        double t = 0.3;
        double[] p = new double[5];
        Legendre.values(4, t, p);
        double[] expected = {1, t, (3 * t * t - 1) / 2, (5 * t * t * t - 3 * t) / 2, 0.0729375};
        assertThat(p).containsExactly(expected, within(1e-15));
        double[] d = new double[5];
        Legendre.derivatives(4, t, d);
        assertThat(d)
                .containsExactly(
                        new double[] {0, 1, 3 * t, (15 * t * t - 3) / 2, (140 * t * t * t - 60 * t) / 8},
                        within(1e-14));
        double[] c = {2, -1, 0.5, 3, -0.7};
        double sum = 0;
        for (int k = 0; k < 5; k++) {
            sum += c[k] * p[k];
        }
        assertThat(Legendre.evaluate(c, t)).isCloseTo(sum, within(1e-14));
        double[] monomials = Legendre.toMonomials(c);
        double power = 0;
        for (int k = 4; k >= 0; k--) {
            power = power * t + monomials[k];
        }
        assertThat(power).isCloseTo(sum, within(1e-14));
        assertThat(Legendre.fromMonomials(monomials)).containsExactly(c, within(1e-14));
        assertThat(Legendre.evaluate(new double[0], t)).isZero();
    }
}
