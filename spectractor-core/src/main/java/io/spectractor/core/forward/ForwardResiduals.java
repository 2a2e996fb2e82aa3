package io.spectractor.core.forward;

import io.spectractor.core.calibration.ReferenceSpectrum;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.forward.equations.PriorWidths;
import io.spectractor.core.forward.equations.SpectrumPrior;
import io.spectractor.core.forward.neighbours.NeighbourSearch;
import io.spectractor.core.forward.stamps.ProfileCorrection;
import io.spectractor.core.forward.stamps.ProfileLearner;
import java.util.Optional;

/** What a fit tells beside its parameters: what its residuals show, and errors that its equations do not have. */
final class ForwardResiduals {
    private final ForwardFit fit;
    private final ForwardSetup setup;
    private final ProfileWindow window;
    private final SpectrogramModel model;
    private final double[] weight;

    ForwardResiduals(ForwardFit fit) {
        this.fit = fit;
        this.setup = fit.setup();
        this.window = setup.window;
        this.model = fit.model();
        this.weight = fit.weight();
    }

    /** The covariance at a state whose prior was made of the same pixels. */
    double[] covarianceOfSharedPixels(ForwardState s, double[] inverse) {
        fit.evaluate(s.parameters);
        return SharedPixels.covariance(window, weight, s.prior, inverse, model.normalMatrix(weight), model::firstOrder);
    }

    /** Detail below a column, as a fraction of its light; 0 without a reference. */
    double[] hiddenDetail(double[] p) {
        ReferenceSpectrum reference = setup.input.reference();
        return reference == null
                ? new double[window.columns]
                : reference.hiddenDetail(fit.geometry(p), window.firstColumn, window.columns, p[setup.layout.water()]);
    }

    /** Point sources that the residuals show, under a prior that tells them from the spectrum. */
    NeighbourSearch.Result neighbours(ForwardState at, PriorWidths under) {
        ForwardState s = fit.solve(at.parameters, under, at.amplitudes);
        return model.neighbours(s.residual, weight, unit -> {
            double[] weighted = product(weight, unit);
            double[] taken = model.project(weighted);
            double whole = SpectrumPrior.dot(weighted, unit);
            return whole > 0 ? 1 - SpectrumPrior.dot(taken, s.factor.solve(taken)) / whole : 1;
        });
    }

    /** Point sources that stand out of residuals. */
    NeighbourSearch.Result neighbours(ForwardState s) {
        return model.neighbours(s.residual, weight);
    }

    /** The correction of the profile that the residuals of a state ask for, if they do. */
    Optional<ProfileCorrection> learnProfile(ForwardState s) {
        fit.evaluate(s.parameters);
        double[] rows = fit.geometry(s.parameters).rows(window.firstColumn, window.columns, 1);
        return new ProfileLearner(window, setup.psf)
                .learn(
                        setup.correction,
                        setup.input.profile().meanFwhmPx(),
                        model.values(),
                        ProfileLearner.centres(rows, model.values()),
                        model.model(s.amplitudes),
                        s.residual,
                        weight);
    }

    /** Products of elements; 0 where the first factor is, whatever the second. */
    static double[] product(double[] u, double[] v) {
        double[] out = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            out[i] = u[i] == 0 ? 0 : u[i] * v[i];
        }
        return out;
    }
}
