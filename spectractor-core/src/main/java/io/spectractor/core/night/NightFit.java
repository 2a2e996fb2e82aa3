package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The joint fit with the choice of time variations: whether a quantity is constant, linear or free through the night is either asked for or left to the
 * evidence. Every time variation is tried, so that what was asked for can be held against the others. The likeliest is fitted;
 * what the others would come to is foreseen from its normal equations.
 */
public final class NightFit {
    /** Difference of logarithms of evidence beyond which a time variation is refused: 150 to 1. */
    public static final double REFUSED = 5;

    /**
     * What varies has to be likelier than a constant by so much (but see {@link #CLEARLY}), a line of water or aerosols also likelier than
     * values for each: these cost accuracy only where a line would do, a line where the truth is none makes values wrong.
     */
    private static final double CONVINCING = 2;

    /** Aerosols that stand still have to be likelier by so much than aerosols that do not: 4.5 to 1. */
    private static final double CLEARLY = 1.5;

    /** Odds beforehand, as a natural logarithm, of aerosols that are exactly constant or linear against such that scatter. */
    private static final double NO_SCATTER = 2.5;

    /** Scatter of the aerosols while outliers are judged: more than nights have. */
    private static final double JUDGING_SCATTER = 0.04;

    /** What a quantity may do within a night. */
    private static final List<TimeVariation> WITHIN =
            List.of(TimeVariation.CONSTANT, TimeVariation.LINEAR, TimeVariation.EACH);

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

    /** Of several nights: water for each spectrum, the rest for each night, unless something else was asked for. */
    private JointSettings ofSeason() {
        JointSettings season = settings;
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            TimeVariation asked = requested(q).variation();
            TimeVariation usual = q == AtmosphereQuantity.WATER ? TimeVariation.EACH : TimeVariation.NIGHTLY;
            season = season.withTimeVariation(q, asked == null ? usual : asked);
        }
        return season;
    }

    /**
     * Fits. Spectra of several nights share throughput and stars; their time variations are not left to the evidence then: water
     * has a value for each spectrum, ozone and aerosols for each night, unless something else was asked for.
     *
     * @throws IllegalArgumentException as {@link JointFit#fit}
     * @throws FitException as {@link JointFit#fit}
     */
    public Outcome fit(List<NightSpectrum> night, Deadline deadline) {
        boolean several = night.size() > 1;
        JointSettings now = settings;
        if (night.stream().map(NightLayout::evening).distinct().count() > 1) {
            return new Outcome(new JointFit(atmosphere, ofSeason()).fit(night, deadline), List.of());
        }
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            TimeVariation asked = requested(q).variation();
            TimeVariation first =
                    q == AtmosphereQuantity.WATER && several ? TimeVariation.EACH : TimeVariation.CONSTANT;
            now = now.withTimeVariation(q, asked == null ? first : asked);
        }
        // outliers and errors of the model are judged with water free to follow each spectrum, and aerosols unless they
        // were
        // asked for: a wrong time variation must not make good columns outliers, nor pass for errors of the model
        JointSettings judging = several ? now.withTimeVariation(AtmosphereQuantity.WATER, TimeVariation.EACH) : now;
        if (several && aerosols.variation() == null) {
            judging = judging.withAerosolScatter(JUDGING_SCATTER);
        }
        JointResult free = new JointFit(atmosphere, judging).fit(night, deadline);
        if (!several) {
            return new Outcome(free, List.of());
        }
        List<Trial> tried = new ArrayList<>();
        // the others are judged with the time variation that the data want, whatever was asked for
        JointResult taken = choose(AtmosphereQuantity.WATER, free, tried, deadline);
        taken = chooseAerosols(taken, tried, deadline);
        taken = choose(AtmosphereQuantity.OZONE, taken, tried, deadline);
        JointSettings wanted = taken.settings();
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            TimeVariation asked = requested(q).variation();
            wanted = asked == null ? wanted : wanted.withTimeVariation(q, asked);
        }
        // what was asked for is meant as it is called: a constant without scatter, values for each without a common
        // mean
        wanted = aerosols.variation() == null ? wanted : wanted.withAerosolScatter(0);
        JointResult result = wanted.equals(taken.settings())
                ? taken
                : JointFit.again(new LinearNight(taken).forecast(wanted, deadline), deadline);
        return new Outcome(result, List.copyOf(tried));
    }

    /**
     * The fit with the time variation of a quantity that the data want. The others are foreseen from the fit at hand; the likeliest
     * is fitted, and they are judged again from there, until it is one that was fitted.
     */
    private JointResult choose(AtmosphereQuantity q, JointResult from, List<Trial> tried, Deadline deadline) {
        Map<TimeVariation, JointResult> fitted = new EnumMap<>(TimeVariation.class);
        fitted.put(from.settings().timeVariation(q), from);
        JointResult at = from;
        while (true) {
            deadline.check();
            Trial[] trials = new Trial[WITHIN.size()];
            double best = Double.NEGATIVE_INFINITY;
            double evidenceOfChosen = Double.NEGATIVE_INFINITY;
            JointResult chosen = null;
            for (TimeVariation c : WITHIN) {
                JointResult known = fitted.get(c);
                JointResult r = known == null
                        ? new LinearNight(at).forecast(from.settings().withTimeVariation(q, c), deadline)
                        : known;
                double evidence = r.converged() ? evidence(r, deadline) : Double.NEGATIVE_INFINITY;
                best = Math.max(best, evidence);
                trials[c.index()] = trial(q, r, evidence);
                boolean constant = chosen != null && chosen.settings().timeVariation(q) == TimeVariation.CONSTANT;
                double margin = constant ? CONVINCING : q == AtmosphereQuantity.OZONE ? 0 : -CONVINCING;
                if (chosen == null || evidence > evidenceOfChosen + margin) {
                    chosen = r;
                    evidenceOfChosen = evidence;
                }
            }
            JointResult likeliest = Objects.requireNonNull(chosen);
            TimeVariation variation = likeliest.settings().timeVariation(q);
            if (fitted.get(variation) != null) {
                TimeVariation asked = requested(q).variation();
                for (Trial t : trials) {
                    tried.add(t.judged(best, t.variation() == (asked == null ? variation : asked)));
                }
                return likeliest;
            }
            JointResult again = JointFit.again(likeliest, deadline);
            fitted.put(variation, again);
            at = again.converged() ? again : at;
        }
    }

    /**
     * The same for aerosols. Values for each are forecast as a constant with scatter, by an amount that is found. Where a constant or a line
     * is taken, what scatter the data leave open goes into the fit.
     */
    private JointResult chooseAerosols(JointResult from, List<Trial> tried, Deadline deadline) {
        AtmosphereQuantity q = AtmosphereQuantity.AEROSOLS;
        Map<TimeVariation, JointResult> fitted = new EnumMap<>(TimeVariation.class);
        JointResult at = from;
        while (true) {
            deadline.check();
            LinearNight night = new LinearNight(at);
            AerosolScatter aboutConstant = AerosolScatter.of(at, TimeVariation.CONSTANT, deadline);
            AerosolScatter aboutLine = AerosolScatter.of(at, TimeVariation.LINEAR, deadline);
            double constant = aboutConstant.logEvidenceOfNone();
            double line = aboutLine.logEvidenceOfNone();
            double each = aboutConstant.logEvidence();
            double best = Math.max(constant, Math.max(line, each));
            TimeVariation likeliest = likeliest(constant, line, each);
            JointResult result = fitted.get(likeliest);
            if (result != null) {
                TimeVariation asked = aerosols.variation();
                for (TimeVariation c : WITHIN) {
                    double evidence = c == TimeVariation.EACH ? each : c == TimeVariation.LINEAR ? line : constant;
                    JointSettings s = at.settings()
                            .withTimeVariation(q, c)
                            .withAerosolScatter(c == TimeVariation.EACH ? aboutConstant.amount() : 0);
                    JointResult r = c == likeliest ? result : night.unbounded(s, deadline);
                    tried.add(trial(q, r, evidence).judged(best, c == (asked == null ? likeliest : asked)));
                }
                return result;
            }
            double scatter = switch (likeliest) {
                case EACH -> aboutConstant.amount();
                case LINEAR -> aboutLine.amount(NO_SCATTER);
                default -> aboutConstant.amount(NO_SCATTER);
            };
            JointSettings wanted = at.settings().withTimeVariation(q, likeliest).withAerosolScatter(scatter);
            JointResult again = JointFit.again(night.forecast(wanted, deadline), deadline);
            if (!again.converged()) {
                return again;
            }
            fitted.put(likeliest, again);
            at = again;
        }
    }

    /** The evidence; where edges hold something, that of what the fit would come to without them, so that all are of the same parameters. */
    private static double evidence(JointResult r, Deadline deadline) {
        return r.prior().holds()
                ? new LinearNight(r).unbounded(r.settings(), deadline).logEvidence()
                : r.logEvidence();
    }

    /**
     * A constant has to be clearly likelier than values for each: taken for constant, aerosols that are not make grey factors wrong by several
     * of their errors, with scatter the errors are larger only.
     */
    private static TimeVariation likeliest(double constant, double line, double each) {
        if (line > Math.max(each, constant) + CONVINCING) {
            return TimeVariation.LINEAR;
        }
        return each > constant - CLEARLY ? TimeVariation.EACH : TimeVariation.CONSTANT;
    }

    private static Trial trial(AtmosphereQuantity q, JointResult r, double evidence) {
        JointSettings s = r.settings();
        return new Trial(
                q,
                s.timeVariation(q),
                s.ozone(),
                s.aerosols(),
                s.water(),
                r.chi2(),
                r.degreesOfFreedom(),
                evidence,
                false,
                false);
    }
}
