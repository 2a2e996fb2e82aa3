package io.spectractor.core.forward;

import io.spectractor.core.config.DispersionConfig;
import io.spectractor.core.config.PsfConfig;
import io.spectractor.core.config.SpectrumConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.extraction.OutlierRejection;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.forward.equations.ExpectedSpectrum;
import io.spectractor.core.forward.equations.PriorWidths;
import io.spectractor.core.forward.neighbours.NeighbourSearch;
import io.spectractor.core.forward.neighbours.NeighbourSpectrumSearch;
import io.spectractor.core.forward.stamps.ProfileCorrection;
import io.spectractor.core.forward.stamps.StampRows;
import java.util.Arrays;
import java.util.Optional;

/**
 * The spectrum from a model of the whole spectrogram: orders 1 and 2, each column's light spread by the point spread
 * function of its wavelength, stars underneath, and the sky, all fitted to the pixels of the raw frame. Immutable.
 *
 * <p>Two ways: with a reference spectrum, the prior of the amplitudes is made of it and distance and shift are fitted
 * with the rest (forward model); without, the prior is the spectrum extracted column by column and the wavelengths are
 * given (deconvolution).
 */
public final class ForwardModel {
    /** The model is not perfect: a misfit below this fraction of it is hardly a cosmic ray. */
    private static final double MODEL_ERROR = 0.03;
    /** The same where the point spread function fails the pixels. */
    private static final double MODEL_ERROR_POOR = 0.1;

    /**
     * Reduced χ² above which the point spread function doesn't describe the pixels. Then what it leaves along the
     * dispersion (asymmetric lines) would shift the wavelengths of a template and pass for stars.
     */
    private static final double TRUSTED_CHI2 = 1.4;

    /**
     * Fits that others follow end where a step promises less than this of χ², or after such a step: the next one would
     * promise less than a hundredth of it.
     */
    private static final double COARSE = 100;

    private static final double FINE = 0.3;
    /** A step that promises less than this isn't worth its evaluation. */
    private static final double NO_GAIN = 0.01;

    private static final int FIRST_STEPS = 4;
    private static final int PROFILE_ROUNDS = 6;
    /** Fall of χ² below which the profile is learned well enough. */
    private static final double LEAST_PROFILE_GAIN = 30;

    private static final int MIDDLE_STEPS = 10;
    private static final int LAST_STEPS = 10;

    private static final PriorWidths REFERENCE_START = new PriorWidths(2e-3, 0.3);
    /** A continuum that follows the reference, and features that need not. */
    private static final PriorWidths STIFF = new PriorWidths(2e-4, 1);

    private static final PriorWidths SPECTRUM_START = new PriorWidths(1, 0);

    private final SpectrumConfig config;
    private final PsfConfig psfConfig;
    private final DispersionConfig dispersion;

    public ForwardModel(SpectrumConfig config, PsfConfig psfConfig, DispersionConfig dispersion) {
        this.config = config;
        this.psfConfig = psfConfig;
        this.dispersion = dispersion;
    }

    /**
     * Fits the spectrogram: once with the mask and the weights of the column-by-column extraction, then, with stars that
     * the residuals show, weights and mask from the model, and a prior of the width that the pixels ask for, once more.
     *
     * @param input what is known
     * @param deadline checked in every iteration
     * @throws io.spectractor.core.fit.FitException if the equations can't be solved
     */
    public ForwardSolution solve(ForwardInput input, Deadline deadline) {
        try (StampRows rows = StampRows.borrow()) {
            return new Search(input, deadline, rows).run();
        }
    }

    /** The state of one solution. */
    private final class Search {
        private final ForwardInput input;
        private ForwardSetup setup;
        private ForwardFit fit;
        private ForwardState state;
        private boolean trusted;
        private final boolean fittedAtFirst;
        private int iterations;
        private int starsSeen;

        Search(ForwardInput input, Deadline deadline, StampRows rows) {
            this.input = input;
            PriorWidths widths = input.reference() == null ? SPECTRUM_START : REFERENCE_START;
            this.setup = ForwardSetup.of(input, config, psfConfig, dispersion);
            ColumnSpectrum profile = input.profile();
            double[] weight = OutlierRejection.weights(setup.window, profile.model(), profile.rejected());
            this.fit = new ForwardFit(setup, expectation(input), widths, weight, deadline, rows);
            fit.renewHigherOrders(
                    setup.start,
                    input.overlap().firstOrder(profile, input.lines().geometry()));
            this.state = minimise(fit, fit.solve(setup.start), FIRST_STEPS, COARSE, COARSE);
            this.trusted = fit.reducedChi2(state) < TRUSTED_CHI2;
            this.fittedAtFirst = trusted;
        }

        ForwardSolution run() {
            // beside another spectrum the profile is not learned: its light would be taken for a wing of the target's
            if (!seekNeighbourSpectrum()) {
                learnProfile();
            }
            NeighbourSearch.Result found = neighbours();
            if (!trusted && leaveOutLonePixels(found)) {
                found = neighbours();
            }
            starsSeen += found.stars().size();
            // a profile that had to be learned may have learned it wrong: what stands out from it need not be a star
            if (!found.stars().isEmpty() && familyFits()) {
                ForwardSetup with = setup.withStars(found.stars(), state.parameters);
                adoptIfFits(with, with.start, fit.weight());
            }
            if (trusted && familyFits() && input.canFitWavelengths()) {
                setup = setup.withWavelengths(state.parameters);
                fit = fit.reconsidered(setup);
                state = minimise(fit, fit.taken(state), MIDDLE_STEPS, NO_GAIN, COARSE);
            }
            ProfileWindow window = setup.window;
            double[] seen = state.model(window);
            OutlierRejection judge = new OutlierRejection(config.clipSigma(), trusted ? MODEL_ERROR : MODEL_ERROR_POOR);
            fit = fit.restarted(OutlierRejection.weights(window, seen, judge.judge(window, seen)));
            double noise = Math.max(1, fit.reducedChi2(state));
            fit.renewHigherOrders(state.parameters, state.amplitudes);
            state = minimise(
                    fit,
                    fit.choosePrior(state.parameters, state.amplitudes, trusted && familyFits(), noise),
                    LAST_STEPS,
                    NO_GAIN,
                    FINE);
            return new ForwardAssembly(setup, fit, fit.settled(state), iterations, starsSeen).assemble();
        }

        /** Whether the profile's family fits without a learned correction, which only tells of the profile across. */
        private boolean familyFits() {
            return fittedAtFirst || !setup.correction.present();
        }

        private ForwardState minimise(ForwardFit one, ForwardState start, int steps, double noGain, double smallGain) {
            int before = one.iterations();
            ForwardState end = one.minimise(start, steps, noGain, smallGain);
            iterations += one.iterations() - before;
            return end;
        }

        /** Whether a neighbour's spectrum is in the model now. */
        private boolean seekNeighbourSpectrum() {
            Optional<NeighbourSpectrumSearch.Found> found = fit.model().neighbourSpectrum(state.residual, fit.weight());
            if (found.isEmpty()) {
                return false;
            }
            starsSeen++;
            ForwardSetup with = setup.withNeighbour(found.get(), state.parameters);
            adoptIfFits(with, with.start, fit.weight());
            return setup == with;
        }

        /**
         * What stands out from the spectrum that the reference allows: light of a star on the trace would else count as the
         * target's.
         */
        private NeighbourSearch.Result neighbours() {
            boolean known = input.reference() != null && input.reference().isKnown();
            ForwardResiduals residuals = new ForwardResiduals(fit);
            return known ? residuals.neighbours(state, STIFF) : residuals.neighbours(state);
        }

        /** Corrects the profile by what the residuals show, again and again while that helps. */
        private void learnProfile() {
            for (int round = 0; round < PROFILE_ROUNDS; round++) {
                Optional<ProfileCorrection> learned = new ForwardResiduals(fit).learnProfile(state);
                if (learned.isEmpty()) {
                    return;
                }
                ForwardSetup with = setup.withCorrection(learned.get(), state.parameters);
                ForwardFit other = fit.of(with, fit.weight());
                other.renewHigherOrders(with.start, state.amplitudes);
                ForwardState seen = minimise(other, other.solve(with.start), FIRST_STEPS, COARSE, COARSE);
                if (seen.chi2 >= state.chi2) {
                    return;
                }
                boolean helps = state.chi2 - seen.chi2 > LEAST_PROFILE_GAIN;
                setup = with;
                fit = other;
                state = seen;
                trusted = fit.reducedChi2(state) < TRUSTED_CHI2;
                if (!helps) {
                    return;
                }
            }
        }

        /** Takes hot pixels and cosmic rays out that alone make the fit a poor one. */
        private boolean leaveOutLonePixels(NeighbourSearch.Result found) {
            double[] weight = found.without(fit.weight());
            if (found.lonePixels().isEmpty() || fit.reducedChi2(state, weight) >= TRUSTED_CHI2) {
                return false;
            }
            adoptIfFits(setup, state.parameters, weight);
            return trusted;
        }

        /** Where the profile fails, what it leaves looks like neighbours and is none. */
        private void adoptIfFits(ForwardSetup with, double[] start, double[] weight) {
            ForwardFit other = fit.of(with, weight);
            other.renewHigherOrders(start, state.amplitudes);
            ForwardState seen = minimise(other, other.solve(start), FIRST_STEPS, COARSE, COARSE);
            if (other.reducedChi2(seen) < TRUSTED_CHI2) {
                setup = with;
                fit = other;
                state = seen;
                trusted = true;
            }
        }
    }

    private static ExpectedSpectrum expectation(ForwardInput input) {
        ColumnSpectrum profile = input.profile();
        double[] rate = input.overlap().firstOrder(profile, input.lines().geometry());
        if (input.reference() != null) {
            return ExpectedSpectrum.ofReference(
                    input.lines().geometry(),
                    profile.firstColumn(),
                    rate.length,
                    Arrays.stream(rate).sum(),
                    input.reference());
        }
        double[] error = new double[rate.length];
        for (int i = 0; i < error.length; i++) {
            error[i] = profile.error(i);
        }
        return ExpectedSpectrum.ofSpectrum(input.lines().geometry(), profile.firstColumn(), rate, error);
    }
}
