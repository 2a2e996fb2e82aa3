package io.spectractor.core.night;

import io.spectractor.core.fit.SymmetricSolver;
import java.util.List;

/**
 * Normal equations of an arrowhead: a block for the parameters of all spectra, a small block for those of each spectrum,
 * and what couples the two. The blocks of the spectra are eliminated one by one, so that the cost grows linearly with their
 * number.
 */
final class ArrowheadSystem {
    private static final double HELD = 1e30;

    private final int globals;
    private final int locals;
    private final double[] schur;
    private final double[] right;
    private final double[][] coupling;
    private final SymmetricSolver[] blocks;
    private final double[][] localRight;
    private final SymmetricSolver solver;

    /**
     * Sums and eliminates.
     *
     * @param layout of the parameters
     * @param spectra in the order of the sums
     * @param sums of each spectrum
     * @param prior at the present point
     */
    ArrowheadSystem(NightLayout layout, List<NightSpectrum> spectra, List<SpectrumSums> sums, NightPrior prior) {
        this.globals = layout.globals();
        this.locals = layout.locals();
        int count = sums.size();
        this.schur = new double[globals * globals];
        this.right = new double[globals];
        this.coupling = new double[count][];
        this.blocks = new SymmetricSolver[count];
        this.localRight = new double[count][];
        for (int i = 0; i < globals; i++) {
            schur[i * globals + i] = prior.globalHeld(i) ? HELD : prior.globalWeight(i);
            right[i] = prior.globalHeld(i) ? 0 : prior.globalPull(i);
        }
        int bases = layout.bases();
        List<NightLayout.Entry> own = layout.localEntries();
        for (int k = 0; k < count; k++) {
            addSpectrum(k, bases, layout.globalEntries(spectra.get(k)), own, sums.get(k), prior);
        }
        this.solver = SymmetricSolver.factor(schur, globals);
    }

    private void addSpectrum(
            int k,
            int bases,
            List<NightLayout.Entry> all,
            List<NightLayout.Entry> own,
            SpectrumSums sums,
            NightPrior prior) {
        double[] gram = sums.gram();
        double[] block = new double[locals * locals];
        double[] pull = new double[locals];
        double[] couple = new double[locals * globals];
        for (int l = 0; l < locals; l++) {
            boolean held = prior.localHeld(k, l);
            block[l * locals + l] = held ? HELD : prior.localWeight(k, l);
            pull[l] = held
                    ? 0
                    : prior.localPull(k, l)
                            + own.get(l).factor() * sums.projection()[own.get(l).base()];
            if (held) {
                continue;
            }
            int base = own.get(l).base();
            for (int m = 0; m <= l; m++) {
                if (!prior.localHeld(k, m)) {
                    double v = gram[base * bases + own.get(m).base()];
                    block[l * locals + m] += v;
                    if (m != l) {
                        block[m * locals + l] += v;
                    }
                }
            }
            for (NightLayout.Entry e : all) {
                if (!prior.globalHeld(e.parameter())) {
                    couple[l * globals + e.parameter()] += e.factor() * gram[base * bases + e.base()];
                }
            }
        }
        for (int a = 0; a < all.size(); a++) {
            NightLayout.Entry ea = all.get(a);
            if (prior.globalHeld(ea.parameter())) {
                continue;
            }
            right[ea.parameter()] += ea.factor() * sums.projection()[ea.base()];
            for (int b = 0; b <= a; b++) {
                NightLayout.Entry eb = all.get(b);
                if (prior.globalHeld(eb.parameter())) {
                    continue;
                }
                double v = ea.factor() * eb.factor() * gram[ea.base() * bases + eb.base()];
                schur[ea.parameter() * globals + eb.parameter()] += v;
                if (a != b) {
                    schur[eb.parameter() * globals + ea.parameter()] += v;
                }
            }
        }
        eliminate(k, block, pull, couple, all);
    }

    private void eliminate(int k, double[] block, double[] pull, double[] couple, List<NightLayout.Entry> all) {
        SymmetricSolver c = SymmetricSolver.factor(block, locals);
        // U = C^-1 B^T, locals x globals
        double[] u = new double[locals * globals];
        double[] column = new double[locals];
        for (NightLayout.Entry e : all) {
            for (int l = 0; l < locals; l++) {
                column[l] = couple[l * globals + e.parameter()];
            }
            double[] x = c.solve(column);
            for (int l = 0; l < locals; l++) {
                u[l * globals + e.parameter()] = x[l];
            }
        }
        double[] x = c.solve(pull);
        for (NightLayout.Entry ea : all) {
            int i = ea.parameter();
            double gradient = 0;
            for (int l = 0; l < locals; l++) {
                gradient += couple[l * globals + i] * x[l];
            }
            right[i] -= gradient;
            for (NightLayout.Entry eb : all) {
                int j = eb.parameter();
                double sum = 0;
                for (int l = 0; l < locals; l++) {
                    sum += couple[l * globals + i] * u[l * globals + j];
                }
                schur[i * globals + j] -= sum;
            }
        }
        coupling[k] = u;
        blocks[k] = c;
        localRight[k] = x;
    }

    /** The step of the parameters of all spectra. */
    double[] globalStep() {
        return solver.solve(right);
    }

    /** The step of the parameters of one spectrum that goes with a step of the others. */
    double[] localStep(int k, double[] globalStep) {
        double[] step = localRight[k].clone();
        for (int l = 0; l < locals; l++) {
            for (int j = 0; j < globals; j++) {
                step[l] -= coupling[k][l * globals + j] * globalStep[j];
            }
        }
        return step;
    }

    /** Marginal covariance of the parameters of all spectra, by rows. */
    double[] globalCovariance() {
        return solver.inverse();
    }

    /** The normal equations of the parameters of all spectra, those of each eliminated; not a copy. */
    double[] reduced() {
        return schur;
    }

    /** Natural logarithm of their determinant. */
    double reducedLogDeterminant() {
        return solver.logDeterminant();
    }

    /** -U: how parameters of a spectrum follow those of all, locals x globals by rows; not a copy. */
    double[] coupling(int k) {
        return coupling[k];
    }

    /** Covariance of the parameters of a spectrum if those of all were known. */
    double[] conditional(int k) {
        return blocks[k].inverse();
    }

    /** Natural logarithm of the determinant of all normal equations. */
    double logDeterminant() {
        double sum = solver.logDeterminant();
        for (SymmetricSolver block : blocks) {
            sum += block.logDeterminant();
        }
        return sum;
    }
}
