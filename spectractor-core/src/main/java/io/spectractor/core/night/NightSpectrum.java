package io.spectractor.core.night;

import io.spectractor.core.atmosphere.SourceSpectrum;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One spectrum of a night. Arrays are not copied: whoever makes the record gives them away.
 *
 * @param name how results and messages call it
 * @param target star
 * @param instrument disperser and filter; spectra with the same name share a throughput
 * @param mjd middle of the exposure, modified Julian date, UTC
 * @param airmass of the star
 * @param pressureHPa at the telescope, hPa
 * @param lambdaNm wavelengths of the columns, nm, increasing
 * @param flux spectral flux density per column, any unit that goes with the light
 * @param covariance of the flux
 * @param usable whether a column may count
 * @param relativeWidth width of the line profile along the spectrum over its mean; 1 where it isn't known
 * @param resolutionPx start of the resolution, sigma in columns
 * @param resolutionSpread how well that is known, relative
 * @param light the star behind the tabulated instrument, without atmosphere
 * @param order2 transmission of order 2 over that of order 1 at the same wavelength, or null where no second order falls
 */
public record NightSpectrum(
        String name,
        String target,
        String instrument,
        double mjd,
        double airmass,
        double pressureHPa,
        double[] lambdaNm,
        double[] flux,
        BandCovariance covariance,
        boolean[] usable,
        double[] relativeWidth,
        double resolutionPx,
        double resolutionSpread,
        SourceSpectrum light,
        @Nullable OrderRatio order2) {

    /** Ratio of order 2 over order 1 against wavelength, nm. */
    @FunctionalInterface
    public interface OrderRatio {
        /** The ratio at a wavelength in nm. */
        double at(double lambdaNm);
    }

    public NightSpectrum {
        int n = lambdaNm.length;
        if (flux.length != n || covariance.size() != n || usable.length != n || relativeWidth.length != n) {
            throw new IllegalArgumentException(name + ": wavelengths, flux and covariance differ in length");
        }
        for (int i = 1; i < n; i++) {
            if (!(lambdaNm[i] > lambdaNm[i - 1])) {
                throw new IllegalArgumentException(name + ": wavelengths don't increase at column " + i);
            }
        }
        if (!(airmass >= 1 && airmass <= 10)) {
            throw new IllegalArgumentException(
                    name + ": an airmass of " + airmass + " is impossible; it must be 1 or more");
        }
        if (!(pressureHPa > 0)) {
            throw new IllegalArgumentException(name + ": a pressure of " + pressureHPa + " hPa is impossible");
        }
        if (!Double.isFinite(mjd)) {
            throw new IllegalArgumentException(name + ": its time is not known");
        }
    }

    /** Number of columns. */
    public int size() {
        return lambdaNm.length;
    }

    /** Number of columns that may count. */
    public int usableCount() {
        int count = 0;
        for (boolean u : usable) {
            count += u ? 1 : 0;
        }
        return count;
    }

    /** A copy whose columns outside a range don't count. */
    public NightSpectrum within(double minNm, double maxNm) {
        boolean[] fewer = usable.clone();
        for (int i = 0; i < fewer.length; i++) {
            fewer[i] &= lambdaNm[i] >= minNm && lambdaNm[i] <= maxNm;
        }
        return new NightSpectrum(
                name,
                target,
                instrument,
                mjd,
                airmass,
                pressureHPa,
                lambdaNm,
                flux,
                covariance,
                fewer,
                relativeWidth,
                resolutionPx,
                resolutionSpread,
                light,
                order2);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NightSpectrum that
                && name.equals(that.name)
                && mjd == that.mjd
                && Arrays.equals(lambdaNm, that.lambdaNm)
                && Arrays.equals(flux, that.flux);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
