package io.spectractor.cli.night;

import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.night.BandCovariance;
import org.jspecify.annotations.Nullable;

/**
 * A spectrum as it stood in a file; what the file doesn't say is null or NaN.
 *
 * @param name file, and group where a file holds several
 * @param lambdaNm wavelengths, nm
 * @param flux spectral flux density per wavelength, any scale
 * @param covariance of the flux
 * @param good whether a column may count
 * @param fwhm of the profile per column, px, or empty
 * @param target star
 * @param disperser label
 * @param filter label
 * @param telescope that took it
 * @param mjd middle of the exposure, UTC
 * @param airmass of the star
 * @param pressureHPa at the telescope
 * @param light the star behind the instrument where the file brings it along
 * @param config of the instrument, with what the user said of it; null where the file doesn't tell which it is
 * @param order2 whether light of the second order lies under the first
 * @param header what else it says of the exposure
 * @param cards what the file calls the values, for messages
 */
record RawSpectrum(
        String name,
        double[] lambdaNm,
        double[] flux,
        BandCovariance covariance,
        boolean[] good,
        double[] fwhm,
        @Nullable String target,
        @Nullable String disperser,
        @Nullable String filter,
        @Nullable String telescope,
        double mjd,
        double airmass,
        double pressureHPa,
        @Nullable SourceSpectrum light,
        @Nullable ExtractionConfig config,
        boolean order2,
        SpectrumHeader header,
        Cards cards) {

    /** The same without columns. */
    RawSpectrum outline() {
        double[] none = {};
        return new RawSpectrum(
                name,
                none,
                none,
                BandCovariance.ofErrors(none),
                new boolean[0],
                none,
                target,
                disperser,
                filter,
                telescope,
                mjd,
                airmass,
                pressureHPa,
                light,
                config,
                order2,
                header,
                cards);
    }

    /**
     * What a file calls the values that a fit needs.
     *
     * @param target star
     * @param disperser label
     * @param time of the exposure
     * @param airmass airmass
     * @param pressure pressure
     */
    record Cards(String target, String disperser, String time, String airmass, String pressure) {
        static final Cards FITS = new Cards("TARGET (or OBJECT)", "GRATING", "DATE-OBS", "AIRMASS", "OUTPRESS");
        static final Cards HDF5 =
                new Cards("target", "disperser", "dt_midnight with id, or mjd", "airmass", "pressure");
        static final Cards TEXT = new Cards("target", "disperser", "date_obs", "airmass", "pressure");
    }
}
