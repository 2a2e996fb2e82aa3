package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.atmosphere.AtmosphereParameters;
import io.spectractor.core.atmosphere.AtmosphereRanges;
import java.util.Arrays;

/**
 * The columns of one spectrum as a joint fit sees them; all arrays have a value per column.
 *
 * @param lambdaNm wavelength as given, nm
 * @param flux as given
 * @param sigma standard deviation: of the data, and of the model where it may be wrong
 * @param model fitted flux, grey factor included
 * @param above what the star would give above the atmosphere through the telescope as tabulated, for a grey factor of 1, at the
 *     resolution of the spectrum
 * @param factor fitted factor on the tabulated throughput, times the mean grey factor of the night
 * @param used whether the column counted in the fit
 */
public record FittedColumns(
        double[] lambdaNm,
        double[] flux,
        double[] sigma,
        double[] model,
        double[] above,
        double[] factor,
        boolean[] used) {

    /** Those of a spectrum of a fit, by its number. */
    public static FittedColumns of(JointResult fit, int k) {
        NightSpectrum s = fit.spectra().get(k);
        NightLayout layout = fit.layout();
        SpectrumWork work = fit.works().get(k);
        ThroughputBasis none = layout.basis().coarser(ThroughputBasis.Kind.FIXED, 1e3);
        ColumnModel.State fitted = layout.state(s, fit.all(), fit.own().get(k), fit.limits());
        ColumnModel.State bare = new ColumnModel.State(
                fitted.air(), fitted.shiftNm(), fitted.resolutionPx(), 0, new double[0], 0, 0, 0, 0);
        double[] above = new double[s.size()];
        new ColumnModel(new Vacuum(fit.limits().ranges(), s), s, none, none, TableOzone.none(), false)
                .evaluate(bare, above, new double[0][]);
        double grey = fit.meanGrey();
        double[] sigma = new double[s.size()];
        double[] factor = new double[s.size()];
        for (int i = 0; i < sigma.length; i++) {
            sigma[i] = Math.sqrt(work.variance(i));
            factor[i] = grey * layout.throughput(fit.all(), s.instrument(), s.lambdaNm()[i] + fitted.shiftNm());
        }
        return new FittedColumns(
                s.lambdaNm().clone(), s.flux().clone(), sigma, work.expected(), above, factor, fit.used(k));
    }

    /** No air at all. */
    private record Vacuum(AtmosphereRanges ranges, NightSpectrum spectrum) implements AtmosphereModel {
        private static final double MARGIN_NM = 100;

        @Override
        public String description() {
            return "no air";
        }

        @Override
        public double[] nodesNm() {
            double[] lambda = spectrum.lambdaNm();
            return new double[] {lambda[0] - MARGIN_NM, lambda[lambda.length - 1] + MARGIN_NM};
        }

        @Override
        public double[] atNodes(AtmosphereParameters parameters) {
            double[] one = new double[2];
            Arrays.fill(one, 1);
            return one;
        }
    }
}
