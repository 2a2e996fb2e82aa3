package io.spectractor.core.night;

import io.spectractor.core.atmosphere.AtmosphereParameters;
import java.util.function.Consumer;

/**
 * How a night is fitted. Immutable.
 *
 * @param ozone time variation of the ozone column
 * @param aerosols time variation of the aerosols
 * @param water time variation of the precipitable water
 * @param aerosolScatter standard deviation of the aerosols' optical depth above single spectra about a constant or a line; about a constant
 *     also where the time variation is a value for each. 0 for none, and for values for each that nothing ties together
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
 * @param tableOzoneDu standard deviation of the ozone that the tabulated throughput may have in it or lack, DU; 0 for a table
 *     that is smooth where ozone absorbs
 * @param extinctionSlope standard deviation of the slope, optical depth per airmass and unit of ln wavelength, of losses that grow with
 *     airmass and are no part of the model of the air; may be negative, one for each night; 0 for none
 */
public record JointSettings(
        TimeVariation ozone,
        TimeVariation aerosols,
        TimeVariation water,
        double aerosolScatter,
        double angstrom,
        boolean angstromFree,
        ThroughputBasis.Kind throughput,
        double stepNm,
        double minNm,
        double maxNm,
        double clipSigma,
        AtmospherePriors priors,
        double starError,
        boolean order2,
        double tableOzoneDu,
        double extinctionSlope) {
    private static final double KNOTS_NM = 25;
    private static final double BINS_NM = 5;

    public JointSettings {
        if (!(aerosolScatter >= 0)) {
            throw new IllegalArgumentException("aerosols scatter by " + aerosolScatter + ": less than nothing");
        }
        if (!(minNm < maxNm) || !(clipSigma > 0) || !(stepNm > 0)) {
            throw new IllegalArgumentException("wavelengths from " + minNm + " to " + maxNm + " nm, clipping at "
                    + clipSigma + " sigma: there is nothing to fit");
        }
    }

    /** Everything constant, smooth throughput with knots every 25 nm, 365 to 1055 nm, clipping at 4.5 sigma. */
    public static JointSettings usual() {
        return new JointSettings(
                TimeVariation.CONSTANT,
                TimeVariation.CONSTANT,
                TimeVariation.CONSTANT,
                0,
                AtmosphereParameters.USUAL_ANGSTROM_EXPONENT,
                false,
                ThroughputBasis.Kind.SMOOTH,
                KNOTS_NM,
                365,
                1055,
                4.5,
                AtmospherePriors.wide(),
                0,
                false,
                0,
                0);
    }

    /** A copy with other time variations. */
    public JointSettings withTimeVariations(
            TimeVariation ozoneVariation, TimeVariation aerosolVariation, TimeVariation waterVariation) {
        return copy(c -> {
            c.ozone = ozoneVariation;
            c.aerosols = aerosolVariation;
            c.water = waterVariation;
        });
    }

    /** The time variation of a quantity. */
    public TimeVariation timeVariation(AtmosphereQuantity quantity) {
        return switch (quantity) {
            case OZONE -> ozone;
            case AEROSOLS -> aerosols;
            case WATER -> water;
        };
    }

    /** A copy with another time variation of one quantity. */
    public JointSettings withTimeVariation(AtmosphereQuantity quantity, TimeVariation variation) {
        return withTimeVariations(
                quantity == AtmosphereQuantity.OZONE ? variation : ozone,
                quantity == AtmosphereQuantity.AEROSOLS ? variation : aerosols,
                quantity == AtmosphereQuantity.WATER ? variation : water);
    }

    /** A copy whose aerosols scatter from spectrum to spectrum by another amount. */
    public JointSettings withAerosolScatter(double spread) {
        return copy(c -> c.aerosolScatter = spread);
    }

    /** A copy with another throughput, with the usual step of its kind. */
    public JointSettings withThroughput(ThroughputBasis.Kind kind) {
        return copy(c -> {
            c.throughput = kind;
            c.stepNm = kind == ThroughputBasis.Kind.BINS ? BINS_NM : KNOTS_NM;
        });
    }

    /** A copy with another distance of knots or width of bins. */
    public JointSettings withStep(double nm) {
        return copy(c -> c.stepNm = nm);
    }

    /** A copy with another Ångström exponent. */
    public JointSettings withAngstrom(double exponent, boolean free) {
        return copy(c -> {
            c.angstrom = exponent;
            c.angstromFree = free;
        });
    }

    /** A copy with another range of wavelengths. */
    public JointSettings withRange(double fromNm, double toNm) {
        return copy(c -> {
            c.minNm = fromNm;
            c.maxNm = toNm;
        });
    }

    /** A copy that clips elsewhere. */
    public JointSettings withClip(double sigma) {
        return copy(c -> c.clipSigma = sigma);
    }

    /** A copy that looks for the second order, or doesn't. */
    public JointSettings withOrder2(boolean look) {
        return copy(c -> c.order2 = look);
    }

    /** A copy whose tabulated throughput may have ozone in it: standard deviation in DU. */
    public JointSettings withTableOzone(double spreadDu) {
        return copy(c -> c.tableOzoneDu = spreadDu);
    }

    /** A copy with losses that grow with airmass: standard deviation of their slope. */
    public JointSettings withExtinctionSlope(double spread) {
        return copy(c -> c.extinctionSlope = spread);
    }

    /** A copy with other priors. */
    public JointSettings withPriors(AtmospherePriors known) {
        return copy(c -> c.priors = known);
    }

    /** A copy whose stars may be wrong. */
    public JointSettings withStarError(double relative) {
        return copy(c -> c.starError = relative);
    }

    private JointSettings copy(Consumer<Fields> change) {
        Fields fields = new Fields(this);
        change.accept(fields);
        return fields.settings();
    }

    /** The values of a copy while it is made. */
    private static final class Fields {
        private TimeVariation ozone;
        private TimeVariation aerosols;
        private TimeVariation water;
        private double aerosolScatter;
        private double angstrom;
        private boolean angstromFree;
        private ThroughputBasis.Kind throughput;
        private double stepNm;
        private double minNm;
        private double maxNm;
        private double clipSigma;
        private AtmospherePriors priors;
        private double starError;
        private boolean order2;
        private double tableOzoneDu;
        private double extinctionSlope;

        Fields(JointSettings from) {
            this.ozone = from.ozone;
            this.aerosols = from.aerosols;
            this.water = from.water;
            this.aerosolScatter = from.aerosolScatter;
            this.angstrom = from.angstrom;
            this.angstromFree = from.angstromFree;
            this.throughput = from.throughput;
            this.stepNm = from.stepNm;
            this.minNm = from.minNm;
            this.maxNm = from.maxNm;
            this.clipSigma = from.clipSigma;
            this.priors = from.priors;
            this.starError = from.starError;
            this.order2 = from.order2;
            this.tableOzoneDu = from.tableOzoneDu;
            this.extinctionSlope = from.extinctionSlope;
        }

        JointSettings settings() {
            return new JointSettings(
                    ozone,
                    aerosols,
                    water,
                    aerosolScatter,
                    angstrom,
                    angstromFree,
                    throughput,
                    stepNm,
                    minNm,
                    maxNm,
                    clipSigma,
                    priors,
                    starError,
                    order2,
                    tableOzoneDu,
                    extinctionSlope);
        }
    }
}
