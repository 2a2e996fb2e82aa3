package io.spectractor.calib.target;

import io.spectractor.core.optics.TabulatedCurve;
import io.spectractor.core.optics.TabulatedCurve.Outside;
import io.spectractor.core.target.Target;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a target, as it is kept in the cache and in the run folder.
 *
 * @param name as asked
 * @param kind decides the lines
 * @param raDeg ICRS, degrees
 * @param decDeg ICRS, degrees
 * @param redshift z, 0 when unknown
 * @param lambdaNm wavelengths of the energy distribution, nm, or null when unknown
 * @param fluxErgSCm2Nm its flux, erg/s/cm²/nm, or null when unknown
 * @param source where position and redshift are from
 * @param sedSource where the energy distribution is from, or null
 */
public record TargetRecord(
        String name,
        Target.Kind kind,
        double raDeg,
        double decDeg,
        double redshift,
        double @Nullable [] lambdaNm,
        double @Nullable [] fluxErgSCm2Nm,
        String source,
        @Nullable String sedSource) {

    /** The record from {@code source} of a target that the calibration data have. */
    static final String CALIBRATION_DATA = "calibration data";

    static TargetRecord of(Target target, String source) {
        return new TargetRecord(
                target.name(),
                target.kind(),
                target.rightAscensionDeg(),
                target.declinationDeg(),
                target.redshift(),
                target.sed() == null ? null : target.sed().wavelengthsNm(),
                target.sed() == null ? null : target.sed().values(),
                source,
                target.sedOrigin() == null ? null : target.sedOrigin().source());
    }

    /** The same under another name. */
    TargetRecord named(String other) {
        return new TargetRecord(other, kind, raDeg, decDeg, redshift, lambdaNm, fluxErgSCm2Nm, source, sedSource);
    }

    TargetRecord withSed(double[] lambda, double[] flux, String from) {
        return new TargetRecord(name, kind, raDeg, decDeg, redshift, lambda, flux, source, from);
    }

    /**
     * The target.
     *
     * @throws IllegalArgumentException if what was found cannot be true
     */
    public Target target() {
        if (!(redshift > -1 && raDeg >= 0 && raDeg < 360 && Math.abs(decDeg) <= 90)) {
            throw new IllegalArgumentException("position or redshift of " + name + " out of range");
        }
        TabulatedCurve sed = lambdaNm == null || fluxErgSCm2Nm == null
                ? null
                : new TabulatedCurve(lambdaNm, fluxErgSCm2Nm, Outside.ZERO);
        return new Target(
                name,
                kind,
                raDeg,
                decDeg,
                redshift,
                sed,
                sed == null || sedSource == null ? null : new Target.SedOrigin(sedSource, false, 0),
                source.equals(CALIBRATION_DATA) ? Target.PositionOrigin.CATALOGUE : Target.PositionOrigin.RESOLVER);
    }
}
