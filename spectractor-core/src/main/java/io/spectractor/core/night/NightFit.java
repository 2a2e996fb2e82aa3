package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The joint fit with the choice of time variations: whether a quantity is constant, linear or free through the night is either asked for or left to the
 * evidence. Every time variation is tried, so that what was asked for can be held against the others.
 */
public final class NightFit {
    /** Difference of logarithms of evidence beyond which a time variation is refused: 150 to 1. */
    public static final double REFUSED = 5;

    /** A richer time variation has to be likelier by so much to be chosen. */
    private static final double CONVINCING = 2;

    private final AtmosphereModel atmosphere;
    private final JointSettings settings;
    private final Request ozone;
    private final Request aerosols;
    private final Request water;

    /**
     * A time variation that was asked for, or none.
     *
     * @param variation the time variation, or null to let the evidence choose
     */
    public record Request(@Nullable TimeVariation variation) {
        /** Whatever the data want. */
        public static Request byEvidence() {
            return new Request(null);
        }
    }

    /**
     * A time variation that was tried.
     *
     * @param quantity of the air
     * @param variation that it was given
     * @param ozone time variation of the ozone column in this fit
     * @param aerosols time variation of the aerosols in this fit
     * @param water time variation of the water in this fit
     * @param chi2 of the fit
     * @param degreesOfFreedom of the fit
     * @param logEvidence natural logarithm, less that of the likeliest of the quantity's time variations
     * @param chosen whether the result has this time variation
     * @param refused whether the data want another one
     */
    public record Trial(
            AtmosphereQuantity quantity,
            TimeVariation variation,
            TimeVariation ozone,
            TimeVariation aerosols,
            TimeVariation water,
            double chi2,
            int degreesOfFreedom,
            double logEvidence,
            boolean chosen,
            boolean refused) {

        /** The same when the evidence of all is known. */
        private Trial judged(double best, boolean taken) {
            double relative = logEvidence - best;
            return new Trial(
                    quantity,
                    variation,
                    ozone,
                    aerosols,
                    water,
                    chi2,
                    degreesOfFreedom,
                    Math.max(relative, -1e9),
                    taken,
                    relative < -REFUSED);
        }
    }

    /**
     * The outcome.
     *
     * @param result the fit
     * @param evidence of all time variations tried
     */
    public record Outcome(JointResult result, List<Trial> evidence) {}

    public NightFit(
            AtmosphereModel atmosphere, JointSettings settings, Request ozone, Request aerosols, Request water) {
        this.atmosphere = atmosphere;
        this.settings = settings;
        this.ozone = ozone;
        this.aerosols = aerosols;
        this.water = water;
    }

    private Request requested(AtmosphereQuantity q) {
        return switch (q) {
            case OZONE -> ozone;
            case AEROSOLS -> aerosols;
            case WATER -> water;
        };
    }

    /**
     * Fits.
     *
     * @throws IllegalArgumentException as {@link JointFit#fit}
     * @throws FitException as {@link JointFit#fit}
     */
    public Outcome fit(List<NightSpectrum> night, Deadline deadline) {
        boolean several = night.size() > 1;
        JointSettings now = settings;
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            TimeVariation asked = requested(q).variation();
            TimeVariation first =
                    q == AtmosphereQuantity.WATER && several ? TimeVariation.EACH : TimeVariation.CONSTANT;
            now = now.withTimeVariation(q, asked == null ? first : asked);
        }
        // outliers are judged with water free to follow each spectrum: a wrong time variation must not make good
        // columns
        // outliers
        JointSettings judging = several ? now.withTimeVariation(AtmosphereQuantity.WATER, TimeVariation.EACH) : now;
        JointResult free = new JointFit(atmosphere, judging).fit(night, deadline);
        if (!several) {
            return new Outcome(free, List.of());
        }
        List<Trial> tried = new ArrayList<>();
        JointResult taken = free;
        for (AtmosphereQuantity q : new AtmosphereQuantity[] {
            AtmosphereQuantity.WATER, AtmosphereQuantity.AEROSOLS, AtmosphereQuantity.OZONE
        }) {
            // the others are judged with the time variation that the data want, whatever was asked for
            taken = choose(q, now, free, taken, tried, deadline);
            now = taken.settings();
        }
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            TimeVariation asked = requested(q).variation();
            now = asked == null ? now : now.withTimeVariation(q, asked);
        }
        JointResult result = variant(now, free, taken, deadline);
        return new Outcome(result, List.copyOf(tried));
    }

    /** A fit with these settings; what has been fitted so before is taken as it is. */
    private JointResult variant(JointSettings wanted, JointResult from, JointResult before, Deadline deadline) {
        return before != from && before.settings().equals(wanted)
                ? before
                : new JointFit(atmosphere, wanted).variant(from, deadline);
    }

    /** The fit with the time variation of a quantity that the data want. */
    private JointResult choose(
            AtmosphereQuantity q,
            JointSettings now,
            JointResult from,
            JointResult before,
            List<Trial> tried,
            Deadline deadline) {
        TimeVariation[] all = TimeVariation.values();
        Trial[] trials = new Trial[all.length];
        double best = Double.NEGATIVE_INFINITY;
        double evidenceOfChosen = Double.NEGATIVE_INFINITY;
        TimeVariation chosen = TimeVariation.CONSTANT;
        JointResult result = null;
        for (TimeVariation c : all) {
            deadline.check();
            // results are large: only that of the likeliest is kept
            JointResult r = variant(now.withTimeVariation(q, c), from, before, deadline);
            JointSettings s = r.settings();
            double evidence = r.converged() ? r.logEvidence() : Double.NEGATIVE_INFINITY;
            best = Math.max(best, evidence);
            trials[c.index()] = new Trial(
                    q, c, s.ozone(), s.aerosols(), s.water(), r.chi2(), r.degreesOfFreedom(), evidence, false, false);
            if (result == null || evidence > evidenceOfChosen + CONVINCING) {
                chosen = c;
                evidenceOfChosen = evidence;
                result = r;
            }
        }
        TimeVariation asked = requested(q).variation();
        TimeVariation taken = asked == null ? chosen : asked;
        for (Trial t : trials) {
            tried.add(t.judged(best, t.variation() == taken));
        }
        return Objects.requireNonNull(result);
    }
}
