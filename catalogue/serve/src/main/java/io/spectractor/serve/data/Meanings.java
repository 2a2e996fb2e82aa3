package io.spectractor.serve.data;

import java.util.Map;

/** What the columns of our tables mean that no {@code SpectraColumn} tells of: those of stars, and those inside structs. */
final class Meanings {
    private static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("name", "the star"),
            Map.entry("spectra", "number of its spectra"),
            Map.entry("mjd_first", "middle of its first exposure, modified Julian date, UTC"),
            Map.entry("mjd_last", "middle of its last exposure, modified Julian date, UTC"),
            Map.entry("instruments", "cameras"),
            Map.entry("dispersers", "labels of the dispersers"),
            Map.entry("lc.mjd", "middle of the exposure, modified Julian date, UTC"),
            Map.entry("lc.band", "band"),
            Map.entry("lc.mag", "AB magnitude above the atmosphere"),
            Map.entry("lc.mag_err", "1 sigma of it"),
            Map.entry("lc.mag_below", "AB magnitude below the atmosphere"),
            Map.entry("lc.mag_below_err", "1 sigma of it"),
            Map.entry("lc.flux", "flux above the atmosphere"),
            Map.entry("lc.flux_err", "1 sigma of it"),
            Map.entry("lc.flux_below", "flux below the atmosphere"),
            Map.entry("lc.flux_below_err", "1 sigma of it"),
            Map.entry("lc.coverage", "fraction of the band that the spectrum covers"),
            Map.entry("lc.airmass", "airmass"),
            Map.entry("lc.exposure", "name of the image, or number of the visit"),
            Map.entry("lc.instrument", "camera"),
            Map.entry("lc.disperser", "label of the disperser"),
            Map.entry("spectrum.wavelength", "wavelength, in air or vacuum as air_or_vacuum says"),
            Map.entry("spectrum.flux", "flux at the detector"),
            Map.entry("spectrum.flux_err", "1 sigma of it"),
            Map.entry("spectrum.flux_toa", "flux above the atmosphere"),
            Map.entry("spectrum.flux_toa_err", "1 sigma of it"),
            Map.entry("spectrum.instrument", "transmission of telescope, filter and disperser"),
            Map.entry("photometry.band", "band"),
            Map.entry("photometry.flux", "flux above the atmosphere"),
            Map.entry("photometry.flux_err", "1 sigma of it"),
            Map.entry("photometry.flux_below", "flux below the atmosphere"),
            Map.entry("photometry.flux_below_err", "1 sigma of it"),
            Map.entry("photometry.coverage", "fraction of the band that the spectrum covers"));

    private Meanings() {}

    /**
     * The meaning of a column.
     *
     * @param table its table
     * @param path its name, behind that of its struct and a dot
     * @return empty if it is none of ours
     */
    static String of(String table, String path) {
        boolean ours = table.equals("objects") || (table.equals("spectra") && path.contains("."));
        return ours ? ALL.getOrDefault(path, "") : "";
    }
}
