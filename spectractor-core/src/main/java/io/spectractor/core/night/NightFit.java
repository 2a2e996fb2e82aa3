package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereModel;
import io.spectractor.core.fit.Deadline;
import io.spectractor.core.fit.FitException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The joint fit with the choice of courses: how each quantity goes through the night is either asked for or left to the
 * evidence. Every course is tried, so that what was asked for can be held against the others.
 */
public final class NightFit {
    /** Difference of logarithms of evidence beyond which a course is refused: 150 to 1. */
    public static final double REFUSED = 5;

    /** A richer course has to be likelier by so much to be chosen. */
    private static final double CONVINCING = 2;

    private final AtmosphereModel atmosphere;
    private final JointSettings settings;
    private final Wish ozone;
    private final Wish aerosols;
    private final Wish water;

    /**
     * A course that was asked for, or none.
     *
     * @param course the course, or null to let the evidence choose
     */
    public record Wish(@Nullable Course course) {
        /** Whatever the data want. */
        public static Wish open() {
            return new Wish(null);
        }
    }

    /**
     * A course that was tried.
     *
     * @param quantity of the air
     * @param course that it was given
     * @param ozone course of the ozone column in this fit
     * @param aerosols course of the aerosols in this fit
     * @param water course of the water in this fit
     * @param chi2 of the fit
     * @param degreesOfFreedom of the fit
     * @param logEvidence natural logarithm, less that of the likeliest of the quantity's courses
     * @param chosen whether the result has this course
     * @param refused whether the data want another one
     */
    public record Tried(
            AirQuantity quantity,
            Course course,
            Course ozone,
            Course aerosols,
            Course water,
            double chi2,
            int degreesOfFreedom,
            double logEvidence,
            boolean chosen,
            boolean refused) {}

    /**
     * The outcome.
     *
     * @param result the fit
     * @param evidence of all courses tried
     */
    public record Outcome(JointResult result, List<Tried> evidence) {}

    public NightFit(AtmosphereModel atmosphere, JointSettings settings, Wish ozone, Wish aerosols, Wish water) {
        this.atmosphere = atmosphere;
        this.settings = settings;
        this.ozone = ozone;
        this.aerosols = aerosols;
        this.water = water;
    }

    private Wish wish(AirQuantity q) {
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
        for (AirQuantity q : AirQuantity.values()) {
            Course asked = wish(q).course();
            Course first = q == AirQuantity.WATER && several ? Course.EACH : Course.CONSTANT;
            now = now.withCourse(q, asked == null ? first : asked);
        }
        // outliers are judged with water free to follow each spectrum: a wrong course must not make good columns
        // outliers
        JointSettings judging = several ? now.withCourse(AirQuantity.WATER, Course.EACH) : now;
        JointResult free = new JointFit(atmosphere, judging).fit(night, deadline);
        if (!several) {
            return new Outcome(free, List.of());
        }
        List<Tried> tried = new ArrayList<>();
        for (AirQuantity q : new AirQuantity[] {AirQuantity.WATER, AirQuantity.AEROSOLS, AirQuantity.OZONE}) {
            // the others are judged with the course that the data want, whatever was asked for
            now = now.withCourse(q, choose(q, now, free, tried, deadline));
        }
        for (AirQuantity q : AirQuantity.values()) {
            Course asked = wish(q).course();
            now = asked == null ? now : now.withCourse(q, asked);
        }
        JointResult result = new JointFit(atmosphere, now).variant(free, deadline);
        return new Outcome(result, List.copyOf(tried));
    }

    private Course choose(AirQuantity q, JointSettings now, JointResult from, List<Tried> tried, Deadline deadline) {
        List<JointResult> results = new ArrayList<>();
        double[] evidence = new double[Course.values().length];
        double best = Double.NEGATIVE_INFINITY;
        for (Course c : Course.values()) {
            deadline.check();
            JointResult r = new JointFit(atmosphere, now.withCourse(q, c)).variant(from, deadline);
            results.add(r);
            evidence[c.index()] = r.converged() ? r.logEvidence() : Double.NEGATIVE_INFINITY;
            best = Math.max(best, evidence[c.index()]);
        }
        Course asked = wish(q).course();
        Course chosen = Course.CONSTANT;
        for (Course c : Course.values()) {
            if (evidence[c.index()] > evidence[chosen.index()] + CONVINCING) {
                chosen = c;
            }
        }
        Course taken = asked == null ? chosen : asked;
        for (Course c : Course.values()) {
            JointResult r = results.get(c.index());
            JointSettings s = r.settings();
            double relative = evidence[c.index()] - best;
            tried.add(new Tried(
                    q,
                    c,
                    s.ozone(),
                    s.aerosols(),
                    s.water(),
                    r.chi2(),
                    r.degreesOfFreedom(),
                    Math.max(relative, -1e9),
                    c == taken,
                    relative < -REFUSED));
        }
        return chosen;
    }
}
