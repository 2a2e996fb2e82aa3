package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereParameters;

/**
 * How a night is fitted. Immutable.
 *
 * @param ozone course of the ozone column
 * @param aerosols course of the aerosols
 * @param water course of the precipitable water
 * @param angstrom the Ångström exponent, or where it starts
 * @param angstromFree whether it is fitted
 * @param throughput what the factor on the tabulated throughput is made of
 * @param stepNm distance of knots, or width of bins, nm
 * @param minNm bluest wavelength that counts, nm
 * @param maxNm reddest, nm
 * @param clipSigma columns further than this from the model are left out
 * @param priors what is known of the air beforehand
 * @param starError how wrong the energy distributions of the stars may be, smoothly and relative; counts where a night has
 *     several
 * @param order2 whether light of the second order is looked for where it may fall
 */
public record JointSettings(
        Course ozone,
        Course aerosols,
        Course water,
        double angstrom,
        boolean angstromFree,
        ThroughputBasis.Kind throughput,
        double stepNm,
        double minNm,
        double maxNm,
        double clipSigma,
        AirPriors priors,
        double starError,
        boolean order2) {
    private static final double KNOTS_NM = 25;
    private static final double BINS_NM = 5;

    public JointSettings {
        if (!(minNm < maxNm) || !(clipSigma > 0) || !(stepNm > 0)) {
            throw new IllegalArgumentException("wavelengths from " + minNm + " to " + maxNm + " nm, clipping at "
                    + clipSigma + " sigma: there is nothing to fit");
        }
    }

    /** Everything constant, smooth throughput with knots every 25 nm, 365 to 1055 nm, clipping at 4.5 sigma. */
    public static JointSettings usual() {
        return new JointSettings(
                Course.CONSTANT,
                Course.CONSTANT,
                Course.CONSTANT,
                AtmosphereParameters.USUAL_ANGSTROM_EXPONENT,
                false,
                ThroughputBasis.Kind.SMOOTH,
                KNOTS_NM,
                365,
                1055,
                4.5,
                AirPriors.wide(),
                0,
                false);
    }

    /** A copy with other courses. */
    public JointSettings withCourses(Course ozoneCourse, Course aerosolCourse, Course waterCourse) {
        return new JointSettings(
                ozoneCourse,
                aerosolCourse,
                waterCourse,
                angstrom,
                angstromFree,
                throughput,
                stepNm,
                minNm,
                maxNm,
                clipSigma,
                priors,
                starError,
                order2);
    }

    /** The course of a quantity. */
    public Course course(AirQuantity quantity) {
        return switch (quantity) {
            case OZONE -> ozone;
            case AEROSOLS -> aerosols;
            case WATER -> water;
        };
    }

    /** A copy with another course of one quantity. */
    public JointSettings withCourse(AirQuantity quantity, Course course) {
        return withCourses(
                quantity == AirQuantity.OZONE ? course : ozone,
                quantity == AirQuantity.AEROSOLS ? course : aerosols,
                quantity == AirQuantity.WATER ? course : water);
    }

    /** A copy with another throughput, with the usual step of its kind. */
    public JointSettings withThroughput(ThroughputBasis.Kind kind) {
        return new JointSettings(
                ozone,
                aerosols,
                water,
                angstrom,
                angstromFree,
                kind,
                kind == ThroughputBasis.Kind.BINS ? BINS_NM : KNOTS_NM,
                minNm,
                maxNm,
                clipSigma,
                priors,
                starError,
                order2);
    }

    /** A copy with another distance of knots or width of bins. */
    public JointSettings withStep(double nm) {
        return new JointSettings(
                ozone,
                aerosols,
                water,
                angstrom,
                angstromFree,
                throughput,
                nm,
                minNm,
                maxNm,
                clipSigma,
                priors,
                starError,
                order2);
    }

    /** A copy with another Ångström exponent. */
    public JointSettings withAngstrom(double exponent, boolean free) {
        return new JointSettings(
                ozone,
                aerosols,
                water,
                exponent,
                free,
                throughput,
                stepNm,
                minNm,
                maxNm,
                clipSigma,
                priors,
                starError,
                order2);
    }

    /** A copy with another range of wavelengths. */
    public JointSettings withRange(double fromNm, double toNm) {
        return new JointSettings(
                ozone,
                aerosols,
                water,
                angstrom,
                angstromFree,
                throughput,
                stepNm,
                fromNm,
                toNm,
                clipSigma,
                priors,
                starError,
                order2);
    }

    /** A copy that clips elsewhere. */
    public JointSettings withClip(double sigma) {
        return new JointSettings(
                ozone,
                aerosols,
                water,
                angstrom,
                angstromFree,
                throughput,
                stepNm,
                minNm,
                maxNm,
                sigma,
                priors,
                starError,
                order2);
    }

    /** A copy that looks for the second order, or doesn't. */
    public JointSettings withOrder2(boolean look) {
        return new JointSettings(
                ozone,
                aerosols,
                water,
                angstrom,
                angstromFree,
                throughput,
                stepNm,
                minNm,
                maxNm,
                clipSigma,
                priors,
                starError,
                look);
    }

    /** A copy with other priors. */
    public JointSettings withPriors(AirPriors known) {
        return new JointSettings(
                ozone,
                aerosols,
                water,
                angstrom,
                angstromFree,
                throughput,
                stepNm,
                minNm,
                maxNm,
                clipSigma,
                known,
                starError,
                order2);
    }

    /** A copy whose stars may be wrong. */
    public JointSettings withStarError(double relative) {
        return new JointSettings(
                ozone,
                aerosols,
                water,
                angstrom,
                angstromFree,
                throughput,
                stepNm,
                minNm,
                maxNm,
                clipSigma,
                priors,
                relative,
                order2);
    }
}
